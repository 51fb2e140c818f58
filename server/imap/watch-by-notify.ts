import 'server-only';
import { atom, execCommand, listOf, mailboxNameOf, onResponseCode, onUntagged, textOf } from './protocol.ts';
import type { Token } from './protocol.ts';
import { armedClient } from './armed-client.ts';
import { pause } from './watch.ts';
import type { WatchContext } from './watch.ts';

/** Dovecot 2.3 stops telling of mailboxes once its mailbox-list log rotates; saying SET again cures it (imap-notes.md 2). */
const rearmMs = 60_000;

const messageEvents = [atom('MessageNew'), atom('MessageExpunge'), atom('FlagChange')];

/** RFC 5465 section 5: the selected mailbox and all personal ones, messages and names. */
const notifySet: Token[] = [
  atom('SET'),
  [atom('selected'), messageEvents],
  [atom('personal'), [...messageEvents, atom('MailboxName'), atom('SubscriptionChange')]],
];

/**
 * Watches by NOTIFY with IDLE on top (without IDLE Dovecot loses half of it) until the connection closes. Answers false
 * when the server advertises NOTIFY but refuses it; nothing was started then.
 */
export async function watchByNotify(context: WatchContext, onStarted: () => void): Promise<boolean> {
  const { client, signal, poke } = context;
  onUntagged(client, 'STATUS', (untagged) => {
    const path = mailboxNameOf(client, untagged.attributes?.[0]);
    if (path) poke({ kind: 'mailbox', path });
  });
  // A mailbox made, renamed (OLDNAME), deleted (\NonExistent) or subscribed: RFC 5465 section 5.6.
  onUntagged(client, 'LIST', (untagged) => {
    if (listOf(untagged.attributes?.[0]).every((flag) => textOf(flag) !== null)) {
      const path = mailboxNameOf(client, untagged.attributes?.[2]);
      poke({ kind: 'mailboxes', paths: path ? [path] : null });
    }
  });
  onResponseCode(client, 'NOTIFICATIONOVERFLOW', () => {
    poke({ kind: 'everything' });
    client.close();
  });
  const armed = armedClient(client, () => poke({ kind: 'mailbox', path: 'INBOX' }));
  await client.mailboxOpen('INBOX', { readOnly: true });
  try {
    await execCommand(client, 'NOTIFY', notifySet);
  } catch {
    return false;
  }
  armed.idle();
  onStarted();
  while (client.usable && !signal.aborted) {
    await Promise.race([pause(rearmMs, signal), armed.closed]);
    if (!client.usable || signal.aborted) break;
    await armed.withDeadline(async () => {
      await client.noop();
      await execCommand(client, 'NOTIFY', notifySet);
    });
    armed.idle();
  }
  return true;
}
