import 'server-only';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import { armedClient } from './armed-client.ts';
import { listOn } from './list-mailboxes.ts';
import { pause } from './watch.ts';
import { watchTiming } from './watch-timing.ts';
import type { WatchContext } from './watch.ts';

const manyMailboxes = 500;

/**
 * Watches without NOTIFY: IDLE on the focused mailbox (where the server has it), and for all others one LIST-STATUS
 * (RFC 5819) at intervals, compared with the one before. Returns when the connection closes.
 */
export async function watchByIdle(context: WatchContext, onStarted: () => void): Promise<void> {
  const { client, signal, poke } = context;
  let selected = '';
  const armed = armedClient(client, () => selected && poke({ kind: 'mailbox', path: selected }));
  const canIdle = client.capabilities.has('IDLE');

  async function select(): Promise<void> {
    const wanted = context.focus();
    if (wanted === selected) return;
    try {
      await client.mailboxOpen(wanted, { readOnly: true });
      selected = wanted;
    } catch {
      await client.mailboxOpen('INBOX', { readOnly: true });
      selected = 'INBOX';
    }
  }

  let known: Mailbox[] = [];
  await armed.withDeadline(async () => {
    await select();
    known = await listOn(client);
  });
  if (canIdle) armed.idle();
  onStarted();
  poke({ kind: 'listed', mailboxes: known });
  while (client.usable && !signal.aborted) {
    const interval = known.length > manyMailboxes ? 4 * watchTiming.pollMs : watchTiming.pollMs;
    await Promise.race([pause(interval, signal), context.focusChanged(), armed.closed]);
    if (!client.usable || signal.aborted) return;
    await armed.withDeadline(async () => {
      if (!canIdle) await client.noop();
      await select();
      const now = await listOn(client);
      tellDifferences(known, now, context);
      known = now;
    });
    if (canIdle) armed.idle();
  }
}

function tellDifferences(before: Mailbox[], after: Mailbox[], { poke }: WatchContext): void {
  const byPath = new Map(before.map((mailbox) => [mailbox.path, mailbox]));
  const now = new Set(after.map(({ path }) => path));
  const gone = before.filter(({ path }) => !now.has(path));
  const others = after.filter(({ path, subscribed, counts }) => {
    const old = byPath.get(path);
    // Another uidValidity: deleted and made again between two looks.
    return !old || old.subscribed !== subscribed || old.counts?.uidValidity !== counts?.uidValidity;
  });
  const paths = [...gone, ...others].map(({ path }) => path);
  if (paths.length > 0) poke({ kind: 'mailboxes', paths });
  for (const mailbox of after) {
    const old = byPath.get(mailbox.path);
    // Servers without LIST-STATUS give no counts here: then the mailbox is asked itself.
    if (mailbox.counts && JSON.stringify(mailbox.counts) === JSON.stringify(old?.counts)) continue;
    if (mailbox.selectable && (mailbox.counts || mailbox.role === 'inbox'))
      poke({ kind: 'mailbox', path: mailbox.path });
  }
}
