import 'server-only';
import { setTimeout as delay } from 'node:timers/promises';
import { isMailError, MailError } from '#lib/errors.ts';
import type { MailErrorCode } from '#lib/errors.ts';
import { submit } from '#server/smtp/submit.ts';
import type { Submission } from '#server/smtp/submit.ts';
import { changeLeasedRow } from '#server/store/outbox-rows.ts';
import type { OutboxChange, OutboxRow } from '#server/store/outbox-rows.ts';
import { log } from '#server/log.ts';
import { finishSent, isFiled } from './finish-sent.ts';
import type { FiledCopy } from './job-session.ts';
import { jobSession } from './job-session.ts';
import { headOf, openRow, sealedFields, withoutSecrets } from './outbox-job.ts';
import type { OutboxJob } from './outbox-job.ts';
import { outboxTiming } from './outbox-timing.ts';
import { openSpooled } from './spool.ts';

/** What cannot become better by waiting. */
const final: ReadonlySet<MailErrorCode> = new Set([
  'wrong-credentials',
  'sender-refused',
  'recipients-refused',
  'message-refused',
  'message-too-large',
  'utf8-refused',
  'upload-missing',
  'preauth-refused',
]);

/**
 * Carries one claimed job as far as it goes. Invariants: the message is given to the server only while the phase is `queued`; the
 * phase is `committed` on disk before the dot that ends it leaves; what the server answered is on disk before anything else is
 * done; and whoever finds `committed` never sends again by itself. So a crash at any moment sends nothing twice.
 */
export async function deliverJob(row: OutboxRow, lease: string, signal: AbortSignal): Promise<void> {
  const job = openRow(row);
  if (!job) return void changeLeasedRow(row.id, lease, { state: 'failed', reason: 'wrong-credentials' }, false);
  const task = new Delivery(row, lease, job);
  try {
    if (row.phase === 'committed') await task.resolveDoubt();
    else if (row.phase === 'queued') await task.attempt(signal);
    else await task.finish();
  } catch (error) {
    task.putOff(error);
  }
}

class Delivery {
  private readonly row: OutboxRow;
  private readonly lease: string;
  private job: OutboxJob;
  private isTaken: boolean;

  constructor(row: OutboxRow, lease: string, job: OutboxJob) {
    this.row = row;
    this.lease = lease;
    this.job = job;
    this.isTaken = row.phase !== 'queued';
  }

  async attempt(signal: AbortSignal): Promise<void> {
    const { password, fileKey } = this.job;
    if (password === null || fileKey === null) throw new MailError('wrong-credentials');
    this.job = { ...this.job, date: this.job.date ?? new Date().toISOString() };
    const { job, row } = this;
    const head = headOf(job, new Date(job.date ?? 0), false);
    const { open } = openSpooled(row.id, Buffer.from(fileKey, 'base64'));
    const envelope = {
      from: job.receipt?.hasNullSender ? '' : job.from,
      to: job.pending,
      size: job.size + head.length,
      notifyAs: job.wantsDeliveryNotice ? row.id : null,
      has8Bit: job.has8Bit,
    };
    const commit = () => {
      signal.throwIfAborted();
      if (!this.record({ phase: 'committed', attempts: row.attempts + 1 })) throw new MailError('cancelled');
    };
    const result = await submit(job.account, password, envelope, joined(head, open()), commit);
    if (result.kind === 'rejected' && result.code === 'sender-refused' && job.receipt?.hasNullSender) {
      // The server lets nobody write in no name: the receipt goes in the person's own.
      this.job = { ...this.job, receipt: { hasNullSender: false } };
      return this.attempt(signal);
    }
    await this.settle(result);
  }

  private async settle(result: Submission): Promise<void> {
    switch (result.kind) {
      case 'taken':
        this.job = {
          ...this.job,
          accepted: [...this.job.accepted, ...result.accepted],
          refusals: [...this.job.refusals, ...result.refused],
          pending: result.deferred,
        };
        return this.accept();
      case 'nobody':
        this.job = { ...this.job, refusals: [...this.job.refusals, ...result.refused], pending: result.deferred };
        if (result.deferred.length > 0) throw new MailError('server-unavailable');
        if (this.job.accepted.length > 0) return this.end({ state: 'sent', reason: null });
        throw new MailError('recipients-refused');
      case 'rejected':
        if (this.job.accepted.length > 0) return this.end({ state: 'sent', reason: result.code });
        throw new MailError(result.code);
      case 'unsure':
        this.isTaken = true; // As far as sending again goes.
        return this.resolveDoubt();
    }
  }

  private async accept(): Promise<void> {
    this.isTaken = true;
    // One that another sender holds now has been seen in `committed` there: it is theirs to resolve.
    if (this.record({ phase: 'accepted' })) await this.finish();
  }

  /**
   * The line broke before the answer, or a sender died there: only a copy that turned up proves that it was sent. A receipt has none; it is
   * left at that, for twice would be worse, and nothing to ask a person about.
   */
  async resolveDoubt(): Promise<void> {
    const { password, receipt } = this.job;
    if (receipt) return this.end({ state: 'sent', reason: null });
    if (password !== null) {
      for (const wait of outboxTiming.doubtMs) {
        await delay(wait);
        if (!(await isFiled(this.row, this.job).catch(() => false))) continue;
        this.job = { ...this.job, accepted: [...this.job.accepted, ...this.job.pending], pending: [] };
        return this.accept();
      }
    }
    log.warn('delivery-unknown', { attempts: this.row.attempts });
    this.job = withoutSecrets(this.job, true);
    this.record({ state: 'unsure', reason: 'delivery-unknown' }, false);
  }

  /** It was sent; our copy, the marks on what it answers and the end of its draft follow. */
  async finish(): Promise<void> {
    if (!this.job.receipt) await this.file();
    if (this.job.pending.length === 0) return this.end({ state: 'sent', reason: null });
    const left = this.job.pending.length;
    log.info('recipients-deferred', { left });
    const { row, lease } = this;
    changeLeasedRow(
      row.id,
      lease,
      { ...this.later('server-unavailable'), phase: 'queued', ...sealedFields(this.job, row.id) },
      false,
    );
  }

  private async file(): Promise<void> {
    const { row } = this;
    const { session, end, endLater } = jobSession(row, this.job);
    let copy: FiledCopy | null = null;
    try {
      copy = await finishSent(session, row, this.job, (filedIn) => {
        this.job = { ...this.job, filedIn };
        if (!this.record({ phase: 'filed' })) throw new MailError('cancelled');
      });
    } catch (error) {
      await end();
      throw error;
    }
    void endLater(copy);
  }

  private async end(change: OutboxChange): Promise<void> {
    this.job = withoutSecrets(this.job);
    if (this.record(change, false)) await openSpooled(this.row.id, Buffer.alloc(32)).remove();
  }

  /** Something went wrong: tried again later where that helps, else it has failed and the draft is still there. */
  putOff(error: unknown): void {
    const code = isMailError(error) ? error.code : 'unexpected';
    if (code === 'cancelled') return; // Another sender holds it, or the process ends: the lease says who goes on.
    const { row } = this;
    log.warn('sending-put-off', { code, attempts: row.attempts + 1, phase: row.phase });
    const most = this.job.publicComputer ? outboxTiming.publicGiveUpMs : outboxTiming.giveUpMs;
    const isOver = final.has(code) || Date.now() - Math.max(row.created_at, row.scheduled ? row.send_at : 0) > most;
    if (!isOver) {
      // A no, or a line that broke before the last octet, takes the phase back: nothing left the house.
      this.record({ ...this.later(code), ...(this.isTaken ? {} : { phase: 'queued' }) }, false);
      return;
    }
    if (this.job.accepted.length > 0) return void this.end({ state: 'sent', reason: code }); // Only the copy or the rest is missing.
    // With another password the same message can be sent again; what was refused is written anew.
    const keepsMessage = code === 'wrong-credentials';
    if (keepsMessage) {
      this.job = withoutSecrets(this.job, true);
      this.record({ state: 'failed', phase: 'queued', reason: code, attempts: row.attempts + 1 }, false);
    } else void this.end({ state: 'failed', phase: 'queued', reason: code, attempts: row.attempts + 1 });
  }

  private later(reason: MailErrorCode): OutboxChange {
    const { backOffMs } = outboxTiming;
    const attempts = this.row.attempts + 1;
    const wait = backOffMs[Math.min(attempts, backOffMs.length) - 1] ?? 60_000;
    return { state: 'waiting', reason, attempts, send_at: Date.now() + wait };
  }

  private record(change: OutboxChange, keepsLease = true): boolean {
    return changeLeasedRow(this.row.id, this.lease, { ...change, ...sealedFields(this.job, this.row.id) }, keepsLease);
  }
}

async function* joined(head: Buffer, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  yield* rest;
}
