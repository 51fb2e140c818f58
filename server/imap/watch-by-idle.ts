import 'server-only';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import { armedClient } from './armed-client.ts';
import { listInTurns } from './list-in-turns.ts';
import { pause } from './watch.ts';
import { watchTiming } from './watch-timing.ts';
import type { WatchContext } from './watch.ts';

const manyMailboxes = 500;

/**
 * Watches without NOTIFY: IDLE on the focused mailbox (where the server has it), and a look at all others at intervals,
 * compared with the one before. Returns when the connection closes.
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

  const list = listInTurns(client);
  let known: Mailbox[] = [];
  await armed.withDeadline(async () => {
    await select();
    known = await list();
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
      const now = await list();
      tellDifferences(known, now, context);
      known = withCountsOf(known, now);
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
    const isRemade = counts && old?.counts && old.counts.uidValidity !== counts.uidValidity;
    return !old || old.subscribed !== subscribed || isRemade;
  });
  const paths = [...gone, ...others].map(({ path }) => path);
  if (paths.length > 0) poke({ kind: 'mailboxes', paths });
  for (const { path, counts } of after) {
    // Without counts it was not its turn.
    if (counts && JSON.stringify(counts) !== JSON.stringify(byPath.get(path)?.counts)) poke({ kind: 'mailbox', path });
  }
}

/** The newer list; who was not counted again keeps the counts from before. */
function withCountsOf(before: Mailbox[], after: Mailbox[]): Mailbox[] {
  const byPath = new Map(before.map((mailbox) => [mailbox.path, mailbox]));
  return after.map((mailbox) => (mailbox.counts ? mailbox : { ...mailbox, counts: byPath.get(mailbox.path)?.counts ?? null }));
}
