import 'server-only';
import { randomUUID } from 'node:crypto';
import { MailError } from '#lib/errors.ts';
import { emptyContent } from '#lib/mail/empty-content.ts';
import type { ExitWay, UnsubscribeAnswer, UnsubscribeRequest } from '#lib/mail/list-exit.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { accountKey } from '#server/auth/account.ts';
import type { AuthSession } from '#server/auth/auth-session.ts';
import { splitHeaders } from '#server/content/headers.ts';
import { postOneClick } from '#server/content/one-click.ts';
import { readImapMessage } from '#server/imap/read-message.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { takeTurn } from '#server/store/turn-rows.ts';
import { authenticationOf } from './authentication-of.ts';
import { readIdentities } from '#server/mail/compose/identities.ts';
import { listExitOf } from './list-exit.ts';
import { sendMessage } from '#server/mail/outbox/send-message.ts';

/** Requests to lists' servers for one account, over all server processes. */
const perHour = 30;

/**
 * Leaves the list that a message came from, in the way that the person confirmed: one POST by us, or a message that
 * goes out like any other. Where to is read from the message itself. Throws a MailError; invalid-input where the
 * message names no such way, rate-limited, and what sending throws.
 */
export async function unsubscribe(
  auth: AuthSession,
  ref: MessageRef,
  { way: confirmed, key }: UnsubscribeRequest,
): Promise<UnsubscribeAnswer> {
  const message = await readImapMessage(imapSession(auth), ref, () => [], 0);
  const fields = splitHeaders(message.fields ?? Buffer.alloc(0));
  const way = listExitOf(auth.account, fields, message.head, authenticationOf(fields))?.way;
  if (way?.kind === 'mail' && confirmed === 'mail') {
    await sendRequest(auth, way, key);
    return { outcome: 'done' };
  }
  if (way?.kind !== 'one-click' || confirmed !== 'one-click') throw new MailError('invalid-input');
  const wait = takeTurn(accountKey(auth.account), 'unsubscribe', perHour);
  if (wait > 0) throw new MailError('rate-limited', { retryAfter: wait });
  return { outcome: await postOneClick(way.url) };
}

async function sendRequest(auth: AuthSession, way: Extract<ExitWay, { kind: 'mail' }>, key: string): Promise<void> {
  const identity = readIdentities(auth.account).identities.find(({ address }) => address === way.from);
  if (!identity) throw new MailError('sender-refused');
  const answer = await sendMessage(auth, {
    id: randomUUID(),
    writer: randomUUID(),
    base: null,
    key,
    when: { kind: 'undoable', seconds: 0 },
    content: {
      ...emptyContent(identity.id),
      to: [{ name: null, address: way.to }],
      subject: way.subject,
      html: null,
      text: way.text,
    },
  });
  if (!answer.queued) throw new MailError('unexpected');
}
