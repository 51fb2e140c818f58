import 'server-only';
import { randomUUID } from 'node:crypto';
import type { OutgoingMessage } from '#lib/mail/outgoing.ts';
import { tellAccountHere } from '#server/events/hub.ts';
import { log } from '#server/log.ts';
import {
  claimOutboxRow,
  hasOutboxRow,
  lastOutboxChange,
  nextOutboxTime,
  outboxRowsSince,
  renewOutboxLease,
  sweepOutboxRows,
} from '#server/store/outbox-rows.ts';
import { tellOtherProcesses } from '#server/processes/links.ts';
import { singleton } from '#server/singleton.ts';
import { deliverJob } from './deliver-job.ts';
import { toOutgoing } from './outbox-job.ts';
import { outboxTiming } from './outbox-timing.ts';
import { sweepSpool } from './spool.ts';
import { sweepUploads } from '#server/mail/compose/uploads.ts';

/** Messages sent at once by this process. */
const maxRunning = 4;
const hour = 3600_000;
/** What was sent still names its key for this long; what failed and was never read is kept longer. */
const keptMs = 25 * hour;
const unreadMs = 30 * 24 * hour;

interface Runner {
  isOn: boolean;
  timer: NodeJS.Timeout | undefined;
  running: Map<string, Promise<void>>;
  stopping: AbortController;
  /** The last change of the store that this process' sessions were told of. */
  told: number;
  /** What is found next was done by another process, which has told the others. */
  isOld: boolean;
  sweptAt: number;
}

const runner = singleton('outbox-runner', (): Runner => ({
  isOn: false,
  timer: undefined,
  running: new Map(),
  stopping: new AbortController(),
  told: 0,
  isOld: false,
  sweptAt: 0,
}));

/** Sends what is due, in this process, until it is stopped; several processes on one store share the work. */
export function startOutbox(): void {
  if (runner.isOn) return;
  runner.isOn = true;
  runner.stopping = new AbortController();
  runner.told = lastOutboxChange();
  tick();
}

/** A process that ends waits so long for what is being sent; what is not given away by then is not any more. Milliseconds. */
const patience = 3_000;

/** Takes nothing more, and lets what is being sent come to its end. */
export async function stopOutbox(): Promise<void> {
  runner.isOn = false;
  clearTimeout(runner.timer);
  const timer = setTimeout(() => runner.stopping.abort(), patience);
  await Promise.allSettled(runner.running.values());
  clearTimeout(timer);
}

/** Something changed in the outbox: look now. Does nothing where no outbox runs. */
export function wakeOutbox(): void {
  runner.isOld = false;
  lookSoon();
}

/** Another process changed something. */
export function hearOfOutbox(): void {
  runner.isOld = true;
  lookSoon();
}

function lookSoon(): void {
  if (!runner.isOn) return;
  clearTimeout(runner.timer);
  runner.timer = setTimeout(tick, 0);
}

function tick(): void {
  if (!runner.isOn) return;
  clearTimeout(runner.timer);
  try {
    tellChanges();
    takeDue();
    if (Date.now() > runner.sweptAt + hour) sweep();
  } catch (error) {
    log.error('outbox', { name: error instanceof Error ? error.name : typeof error });
  }
  const due = (nextOutboxTime() ?? Infinity) - Date.now();
  runner.timer = setTimeout(tick, Math.max(20, Math.min(due, outboxTiming.pollMs)));
  runner.timer.unref();
}

function takeDue(): void {
  while (runner.running.size < maxRunning) {
    const lease = randomUUID();
    const now = Date.now();
    const row = claimOutboxRow(lease, now, now + outboxTiming.leaseMs);
    if (!row) return;
    const run = deliver(row, lease).finally(() => {
      runner.running.delete(row.id);
      wakeOutbox();
    });
    runner.running.set(row.id, run);
    tellChanges();
  }
}

async function deliver(row: NonNullable<ReturnType<typeof claimOutboxRow>>, lease: string): Promise<void> {
  const lost = new AbortController();
  const beat = setInterval(() => {
    if (!renewOutboxLease(row.id, lease, Date.now() + outboxTiming.leaseMs)) lost.abort();
  }, outboxTiming.renewMs);
  try {
    await deliverJob(row, lease, AbortSignal.any([lost.signal, runner.stopping.signal]));
  } catch (error) {
    log.error('outbox', { name: error instanceof Error ? error.name : typeof error });
  } finally {
    clearInterval(beat);
  }
}

/** Tells this process' sessions what changed, whichever process changed it, and the other processes that something did. */
function tellChanges(): void {
  const rows = outboxRowsSince(runner.told);
  if (rows.length > 0 && !runner.isOld) tellOtherProcesses({ kind: 'outbox' });
  runner.isOld = false;
  for (const row of rows) {
    runner.told = row.changed;
    const message: OutgoingMessage | null = toOutgoing(row);
    if (message) tellAccountHere(row.account_key, { type: 'outbox-changed', message });
  }
}

function sweep(): void {
  const now = Date.now();
  runner.sweptAt = now;
  sweepOutboxRows(now - keptMs, now - unreadMs);
  void sweepSpool(hasOutboxRow, now - hour).catch(() => {});
  void sweepUploads(now).catch(() => {});
}
