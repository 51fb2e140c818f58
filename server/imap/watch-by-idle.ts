import 'server-only';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import { armedClient } from './armed-client.ts';
import { listInTurns } from './list-in-turns.ts';
import type { WatchContext } from './watch.ts';

const manyMailboxes = 500;
/** A line that nothing is said on for longer than this may be cut by whatever stands between. Milliseconds. */
const keepAliveMs = 4 * 60_000;

/**
 * Watches without NOTIFY: IDLE on the focused mailbox (where the server has it), and a look at all others at the
 * pace the person chose, compared with the one before. Returns when the connection closes.
 */
export async function watchByIdle(context: WatchContext, onStarted: () => void): Promise<void> {
  const { client, signal, poke } = context;
  let selected = '';
  const canIdle = client.capabilities.has('IDLE');
  /** The server told something when it was only asked for a sign of life; the person wants to hear of it at the next look. */
  let hasMoved = false;
  let isKeepingAlive = false;
  const armed = armedClient(client, () => {
    if (isKeepingAlive) hasMoved = true;
    else if (selected) poke({ kind: 'mailbox', path: selected });
  });

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
  poke({ kind: 'listed', mailboxes: known, isDoubtful: false });
  for (let lookedAt = Date.now(); ;) {
    const paceMs = context.paceMs();
    const interval = paceMs === null ? Infinity : known.length > manyMailboxes ? 4 * paceMs : paceMs;
    await context.sleep(Math.max(0, Math.min(lookedAt + interval - Date.now(), keepAliveMs)));
    if (!client.usable || signal.aborted) return;
    const isDue = context.takeLook() || Date.now() >= lookedAt + interval;
    await armed.withDeadline(async () => {
      isKeepingAlive = !isDue && !canIdle;
      if (!canIdle || !isDue) await client.noop();
      isKeepingAlive = false;
      await select();
      if (!isDue) return;
      if (hasMoved) poke({ kind: 'mailbox', path: selected });
      hasMoved = false;
      const now = await list();
      tellDifferences(known, now, context);
      known = withCountsOf(known, now);
      lookedAt = Date.now();
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
  return after.map((mailbox) =>
    mailbox.counts ? mailbox : { ...mailbox, counts: byPath.get(mailbox.path)?.counts ?? null },
  );
}
