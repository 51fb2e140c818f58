import 'server-only';
import { domainToUnicode } from 'node:url';
import { getDomain } from 'tldts';
import type { Address } from '#lib/mail/address.ts';
import { isFreemail } from '#lib/mail/freemail.ts';
import type { SenderTruth, SenderWarning } from '#lib/mail/sender-truth.ts';
import type { Authentication } from './authentication-results.ts';

export interface SenderHeaders {
  from: readonly Address[];
  replyTo: readonly Address[];
  /** The message says that it came through a mailing list (RFC 2919). */
  isList: boolean;
}

/** What the reader should know of the sender. `ownDomain` is the account's; its look-alikes are worth a warning. */
export function judgeSender(
  { from, replyTo, isList }: SenderHeaders,
  authentication: Authentication | null,
  ownDomain: string | null,
): SenderTruth {
  const [sender] = from;
  const domain = sender ? domainOf(sender.address) : null;
  const organization = domain && registrable(domain);
  const own = ownDomain && registrable(ownDomain);
  const isProven = authentication?.dmarc === 'pass';
  const warnings: SenderWarning[] = [];
  if (authentication?.dmarc === 'fail' && authentication.arc !== 'pass' && !isList) warnings.push({ kind: 'forged' });
  // Of one's own organization much is proven in other ways; only a server that checked and found nothing is worth a word.
  if (
    authentication &&
    own &&
    organization === own &&
    authentication.dmarc === 'none' &&
    authentication.spf === 'fail'
  ) {
    warnings.push({ kind: 'unproven-own' });
  }
  if (sender) {
    const claimed = claimedAddress(sender);
    if (claimed) warnings.push({ kind: 'name-is-address', claimed });
  }
  if (domain && isMixedScript(domain)) warnings.push({ kind: 'mixed-script' });
  if (organization && own && organization !== own && isLookAlike(organization, own)) {
    warnings.push({ kind: 'look-alike', domain: own });
  }
  if (new Set(from.map(({ address }) => address.toLowerCase())).size > 1) warnings.push({ kind: 'several-senders' });
  const elsewhere = isList ? undefined : replyTo.find(({ address }) => isElsewhere(address, organization));
  // Many honest senders answer from elsewhere; few of them from a free mailbox, and fewer without a proof of who they are.
  const isSuspect =
    elsewhere && !isProven && isFreemail(domainOf(elsewhere.address) ?? '') && !isFreemail(domain ?? '');
  if (isSuspect) warnings.push({ kind: 'replies-elsewhere', address: elsewhere.address });
  return {
    checks: authentication && {
      spf: authentication.spf,
      dkim: authentication.dkim,
      dmarc: authentication.dmarc,
      arc: authentication.arc,
    },
    signedBy: (authentication?.signedBy ?? []).filter((name) => registrable(name) !== organization || !isProven),
    repliesTo: elsewhere?.address ?? null,
    warnings,
  };
}

function domainOf(address: string): string | null {
  const domain = address.split('@').at(-1)?.toLowerCase() ?? '';
  return address.includes('@') && domain ? toUnicode(domain) : null;
}

/** The domain that somebody registered (public suffix list); the whole where there is none. */
function registrable(domain: string): string {
  return getDomain(domain, { allowPrivateDomains: true }) ?? domain;
}

/** The address a name pretends to be, where another one wrote. */
function claimedAddress({ name, address }: Address): string | null {
  const found = /[^\s<>"'(),;:]+@[^\s<>"'(),;:]+\.[^\s<>"'(),;:]+/.exec((name ?? '').normalize('NFKC').slice(0, 500));
  const claimed = found?.[0].toLowerCase();
  if (!claimed) return null;
  return domainOf(claimed) === domainOf(address) ? null : claimed;
}

function isElsewhere(address: string, organization: string | null): boolean {
  const domain = domainOf(address);
  return domain !== null && organization !== null && registrable(domain) !== organization;
}

const scripts = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Armenian}/u];

/** A label that mixes scripts whose letters look alike is no honest name. */
function isMixedScript(domain: string): boolean {
  return domain.split('.').some((label) => scripts.filter((script) => script.test(label)).length > 1);
}

/** Letters and pairs that read like others, and what they read like (a small part of Unicode's confusables, UTS 39). */
const readsLike: readonly [RegExp, string][] = [
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/cl/g, 'd'],
  [/[1lı|і]/g, 'i'],
  [/[0о]/g, 'o'],
  [/а/g, 'a'],
  [/е/g, 'e'],
  [/р/g, 'p'],
  [/с/g, 'c'],
  [/х/g, 'x'],
  [/у/g, 'y'],
  [/5/g, 's'],
  [/-/g, ''],
];

function isLookAlike(domain: string, known: string): boolean {
  const [a, b] = [skeleton(domain), skeleton(known)];
  const nameOf = (whole: string) => whole.split('.')[0] ?? '';
  // Short names are near many honest ones.
  return a === b || (nameOf(b).length >= 6 && nameOf(a) !== nameOf(b) && isOneEditApart(nameOf(a), nameOf(b)));
}

function skeleton(domain: string): string {
  const plain = domain.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
  return readsLike.reduce((text, [form, like]) => text.replace(form, like), plain);
}

/** One letter other, more, less, or two neighbours swapped. */
function isOneEditApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const [x, y] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  return Math.max(x.length, y.length) <= 1 || (x.length === 2 && y.length === 2 && x[0] === y[1] && x[1] === y[0]);
}

/** Punycode (RFC 3492) as the letters it stands for. */
function toUnicode(domain: string): string {
  return domainToUnicode(domain) || domain;
}
