import 'server-only';
import { isMailError } from '#lib/errors.ts';
import type { MailChange } from '#lib/mail/change.ts';
import { mutedKeyword, mutedPlaces } from '#lib/mail/muted.ts';
import type { BlockingPlace } from '#lib/mail/blocked.ts';
import { accountKey } from '#server/auth/account.ts';
import type { AuthSession } from '#server/auth/auth-session.ts';
import { env } from '#server/env.ts';
import { readMutedIds } from '#server/imap/find-muted.ts';
import { listMailboxes } from '#server/imap/list-mailboxes.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { log } from '#server/log.ts';
import { withSieve } from '#server/sieve/connection.ts';
import type { SieveConnection } from '#server/sieve/connection.ts';
import { includesOurs, neededExtensions, neededToMute, ownScript, rulesOf, toScript } from '#server/sieve/script.ts';
import type { SieveRules } from '#server/sieve/script.ts';
import { ownAddresses } from '#server/mail/compose/identities.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { withRole } from './role-mailbox.ts';

type Auth = Pick<AuthSession, 'id' | 'account' | 'password' | 'publicComputer'>;

/** Messages that the script names at most, the newest: what answers older ones is left to our watch. */
const mostMuted = 200;

/** How a script of ours comes to run: by itself, from within the person's own, or not at all. */
type Way = 'active' | 'included' | 'foreign';

/**
 * Where senders are blocked: by the mail server also while nobody is signed in, or by us alone. `foreign`: a script of the person's own
 * runs there, which is never touched. Never throws: where nobody answers it is ours.
 */
export async function blockingPlace(auth: Auth): Promise<BlockingPlace> {
  const { sieve } = env();
  if (!sieve) return 'here';
  try {
    return await withSieve(sieve, auth.account, auth.password, async (server) => {
      if (!isAble(server)) return 'here';
      return (await wayOf(server)) === 'foreign' ? 'foreign' : 'server';
    });
  } catch (error) {
    noteFailure(error);
    return 'here';
  }
}

/**
 * Has the mail server do what is blocked, where it can: the script's own entries stay besides those taken out, so that what another
 * program of the account's put there is not lost. Answers whether it does. Throws a MailError.
 */
export async function blockByServer(
  auth: Auth,
  blocked: readonly string[],
  unblocked: readonly string[],
): Promise<boolean> {
  return changeRules(auth, (before) => ({
    ...before,
    blocked: [...new Set([...before.blocked, ...blocked])].filter((address) => !unblocked.includes(address)),
  }));
}

/**
 * Has the mail server archive what answers a muted conversation, where it can: of the newest messages that are muted now. Answers whether
 * it does. Throws a MailError.
 */
export async function muteByServer(auth: Auth): Promise<boolean> {
  if (!env().sieve) return false;
  const session = imapSession(auth);
  const muted = await readMutedIds(session, mutedPlaces(await listMailboxes(session)), mostMuted);
  return changeRules(auth, (before) => ({ ...before, muted }));
}

/** Tells the server what is muted once changes are done that mute or unmute; nobody waits for it. */
export function tellServerOfMuted(auth: Auth, changes: readonly MailChange[]): void {
  const isOther = changes.some((change) =>
    change.type === 'set-keyword'
      ? change.keyword === mutedKeyword
      : 'keywords' in change && change.keywords?.some(({ keyword }) => keyword === mutedKeyword),
  );
  if (isOther) muteByServer(auth).catch(noteFailure);
}

async function changeRules(auth: Auth, next: (before: SieveRules) => SieveRules): Promise<boolean> {
  const { sieve } = env();
  if (!sieve) return false;
  const run = () =>
    withSieve(sieve, auth.account, auth.password, async (server) => {
      if (!isAble(server)) return false;
      const way = await wayOf(server);
      if (way === 'foreign') return false;
      const { names } = await server.listScripts();
      const isThere = names.includes(ownScript);
      const before: SieveRules = isThere ? rulesOf(await server.getScript(ownScript)) : { blocked: [], muted: [] };
      const wanted = next(before);
      if (!neededToMute.every((name) => server.extensions.has(name))) wanted.muted = [];
      if (wanted.blocked.length + wanted.muted.length === 0 && way === 'active') {
        if (!isThere) return true;
        await server.setActive(null); // A script that runs cannot be deleted (RFC 5804 section 2.10).
        await server.deleteScript(ownScript);
        return true;
      }
      const mailboxes = await listMailboxes(imapSession(auth));
      const script = toScript(wanted, {
        junk: withRole(mailboxes, 'junk')?.path ?? 'Junk',
        archive: (withRole(mailboxes, 'archive') ?? withRole(mailboxes, 'all'))?.path ?? 'Archive',
        own: ownAddresses(auth.account),
        canCreate: server.extensions.has('mailbox'),
      });
      await server.checkScript(script);
      await server.putScript(ownScript, script);
      if (way === 'active') await server.setActive(ownScript);
      return true;
    });
  return oneAtATime(`sieve ${accountKey(auth.account)}`, run);
}

/** The same for what was chosen just now, of which nobody waits for the end. */
export function tellServerOfBlocked(auth: Auth, before: readonly string[], now: readonly string[]): void {
  const unblocked = before.filter((address) => !now.includes(address));
  if (unblocked.length === 0 && now.every((address) => before.includes(address))) return;
  blockByServer(auth, now, unblocked).catch(noteFailure);
}

function noteFailure(error: unknown): void {
  log.warn('sieve-failed', { code: isMailError(error) ? error.code : 'unexpected' });
}

function isAble({ extensions }: SieveConnection): boolean {
  return neededExtensions.every((name) => extensions.has(name));
}

async function wayOf(server: SieveConnection): Promise<Way> {
  const { active } = await server.listScripts();
  if (active === null || active === ownScript) return 'active';
  return includesOurs(await server.getScript(active)) ? 'included' : 'foreign';
}
