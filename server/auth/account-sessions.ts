import 'server-only';
import type { SessionsToEnd, SignedInSession } from '#lib/mail/signed-in-session.ts';
import { deleteSessionRowsOf, listSessionRows } from '#server/store/session-rows.ts';
import { accountKey } from './account.ts';
import type { AuthSession } from './auth-session.ts';
import { tellSessionEnded } from './session-ended.ts';

/** The sessions of the account that `auth` belongs to, the one used last first. */
export function listSessions(auth: AuthSession): SignedInSession[] {
  return listSessionRows(accountKey(auth.account)).map((row) => ({
    id: row.id_hash,
    isCurrent: row.id_hash === auth.id,
    kind: row.public_computer === 1 ? 'public' : row.kept === 1 ? 'kept' : 'normal',
    device: row.device,
    place: row.place,
    signedInAt: new Date(row.created_at).toISOString(),
    lastUsedAt: new Date(row.seen_at).toISOString(),
  }));
}

/** Ends sessions of the account and no other's; on other server processes within a second (session-sweep.ts). Answers how many ended. */
export function endSessions(auth: AuthSession, wanted: SessionsToEnd): number {
  const which = wanted.which === 'one' ? { only: wanted.id } : { except: wanted.which === 'others' ? auth.id : null };
  const ended = deleteSessionRowsOf(accountKey(auth.account), which);
  for (const id of ended) tellSessionEnded(id);
  return ended.length;
}
