import { mutedKeyword } from '#lib/mail/muted.ts';

/** What our script does, as it says itself. */
export interface SieveRules {
  /** Addresses whose mail goes to Spam, lower case, the latest last. */
  blocked: string[];
  /** Message-IDs of muted conversations with their angle brackets: what names one of them goes to the archive. */
  muted: string[];
}

export interface SievePlaces {
  junk: string;
  archive: string;
  /** The person's addresses: an answer to them alone is for the inbox all the same. */
  own: readonly string[];
  /** Whether the server makes the mailbox where there is none (RFC 5490, extension "mailbox"). */
  canCreate: boolean;
}

/** The one script that is ours; every other one is the person's. */
export const ownScript = 'pipit';

/** What the script needs (RFC 5228 section 4.1, RFC 5232). */
export const neededExtensions = ['fileinto', 'imap4flags'] as const;

/** What muting needs besides (RFC 5231; RFC 5228 section 2.7.3). */
export const neededToMute = ['relational', 'comparator-i;ascii-numeric'] as const;

const head = '# Made by Pipit, and made anew when something changes: what is written here by hand is lost.';
const entry = /^# (blocked|muted) (".*")$/;

/** The whole script. What it does stands in comments too, from which `rulesOf` reads it. */
export function toScript(rules: SieveRules, { junk, archive, own, canCreate }: SievePlaces): string {
  const blocked = rules.blocked.map(clean);
  const muted = rules.muted.map(clean);
  const into = (mailbox: string) => `  fileinto ${canCreate ? ':create ' : ''}${quote(mailbox)};`;
  const required = [...neededExtensions, ...(canCreate ? ['mailbox'] : []), ...(muted.length > 0 ? neededToMute : [])];
  return lines([
    head,
    ...blocked.map((address) => `# blocked ${JSON.stringify(address)}`),
    ...muted.map((id) => `# muted ${JSON.stringify(id)}`),
    ...(blocked.length + muted.length > 0 ? [`require ${list(required)};`] : []),
    ...(blocked.length > 0
      ? [
          `if address :is :all :comparator "i;ascii-casemap" "from" ${list(blocked)} {`,
          '  addflag "$Junk";',
          into(junk),
          '  stop;',
          '}',
        ]
      : []),
    ...(muted.length > 0
      ? [
          `if allof (header :contains ["references", "in-reply-to"] ${list(muted)}, not allof (not exists "cc",`,
          '  address :count "eq" :comparator "i;ascii-numeric" "to" "1",',
          `  address :is :all :comparator "i;ascii-casemap" "to" ${list(own)})) {`,
          `  addflag ${quote(mutedKeyword)};`,
          into(archive),
          '  stop;',
          '}',
        ]
      : []),
  ]);
}

/** What a script of ours does; of another, nothing. */
export function rulesOf(script: string): SieveRules {
  const rules: SieveRules = { blocked: [], muted: [] };
  for (const line of script.split(/\r?\n/)) {
    const [, kind, written] = entry.exec(line) ?? [];
    try {
      const text: unknown = written ? JSON.parse(written) : null;
      if (typeof text === 'string') rules[kind === 'muted' ? 'muted' : 'blocked'].push(text);
    } catch {
      // Somebody wrote into it.
    }
  }
  return rules;
}

/** Whether a person's own script runs ours: a line that only they put there (RFC 6609 section 3.2). */
export function includesOurs(script: string): boolean {
  const code = script.replace(/\/\*[\s\S]*?\*\/|#[^\n]*/g, '');
  return /\binclude\s+(?:(?::personal|:once|:optional)\s+)*"pipit"\s*;/i.test(code);
}

function list(texts: readonly string[]): string {
  return `[${texts.map(quote).join(', ')}]`;
}

/** A quoted string (RFC 5228 section 2.4.2), from which nothing gets out. */
function quote(text: string): string {
  return `"${clean(text).replace(/["\\]/g, '\\$&')}"`;
}

function clean(text: string): string {
  return text.replace(/[\r\n\0]/g, '');
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\r\n`).join('');
}
