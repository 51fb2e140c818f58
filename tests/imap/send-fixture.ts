import { randomUUID } from 'node:crypto';
import type { DraftContent } from '#lib/mail/draft.ts';
import { emptyContent } from '#lib/mail/empty-content.ts';
import type { MailEvent } from '#lib/mail/event.ts';
import type { OutgoingMessage, SendRequest } from '#lib/mail/outgoing.ts';
import { accountKey } from '#server/auth/account.ts';
import type { AuthSession } from '#server/auth/auth-session.ts';
import { listenToAccount } from '#server/events/hub.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { findOutboxRow } from '#server/store/outbox-rows.ts';
import { outboxTiming } from '#server/mail/outbox/outbox-timing.ts';
import { startOutbox, stopOutbox } from '#server/mail/outbox/run-outbox.ts';
import { toOutgoing } from '#server/mail/outbox/outbox-job.ts';
import { sendMessage } from '#server/mail/outbox/send-message.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import { startScriptedSubmission } from '#tests/support/mail-server/scripted-submission.ts';
import type { ScriptedOptions, ScriptedSubmission } from '#tests/support/mail-server/scripted-submission.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';

export interface Writer {
  auth: AuthSession;
  session: ImapSession;
  device: RawImap;
  user: string;
  /** Queues a message at once, or with other wishes. */
  send(content: Partial<DraftContent>, wishes?: Partial<SendRequest>): Promise<OutgoingMessage>;
  /** Resolves when the job is in one of these states. */
  reaches(id: string, ...states: OutgoingMessage['state'][]): Promise<OutgoingMessage>;
}

export type NewWriter = (options?: { publicComputer?: boolean }) => Promise<Writer>;

export interface SendFixture {
  imap: ImapFixture;
  smtp: ScriptedSubmission;
  newWriter: NewWriter;
  end(): Promise<void>;
}

/** Dovecot, a submission server and the outbox running in this process, in a hurry. */
export async function startSendFixture(options: ScriptedOptions & { extraConfig?: string; runs?: boolean } = {}): Promise<SendFixture> {
  const smtp = await startScriptedSubmission(options);
  const imap = await startImapFixture(options.extraConfig ?? '');
  process.env.SMTP_HOST = '127.0.0.1';
  process.env.SMTP_PORT = `${smtp.port}`;
  hurry();
  if (options.runs !== false) startOutbox();
  return {
    imap,
    smtp,
    newWriter: writersOf(imap),
    async end() {
      await stopOutbox();
      await smtp.stop();
      await imap.end();
    },
  };
}

/** The outbox has no patience. */
export function hurry(): void {
  Object.assign(outboxTiming, { pollMs: 100, doubtMs: [0, 100], filedTwiceMs: 50, backOffMs: [100, 200], renewMs: 500, leaseMs: 2_000 });
}

/** Makes people of a Dovecot who write and send. */
export function writersOf(imap: ImapFixture): NewWriter {
  return async ({ publicComputer = false } = {}) => {
    const { session, device, user } = await imap.newPerson();
    const auth: AuthSession = { id: session.id, account: session.account, password: 'kingfisher', publicComputer, storageKey: Buffer.alloc(32, 7) };
    return {
      auth,
      session,
      device,
      user,
      async send(content, wishes = {}) {
        const answer = await sendMessage(auth, aSendRequest(content, wishes));
        if (!answer.queued) throw new Error('A conflict');
        return answer.message;
      },
      reaches: (id, ...states) => reaches(auth, id, states),
    };
  };
}

export function aDraft(content: Partial<DraftContent> = {}): DraftContent {
  return {
    ...emptyContent('default'),
    to: [{ name: 'Ann Lee', address: 'ann@else.test' }],
    subject: 'Hello',
    html: null,
    text: 'How are you?',
    ...content,
  };
}

export function aSendRequest(content: Partial<DraftContent> = {}, wishes: Partial<SendRequest> = {}): SendRequest {
  const when = { kind: 'undoable' as const, seconds: 0 };
  return { id: randomUUID(), writer: randomUUID(), base: null, key: randomUUID(), when, content: aDraft(content), ...wishes };
}

async function reaches(auth: AuthSession, id: string, states: string[]): Promise<OutgoingMessage> {
  const { promise: told, resolve: tell } = Promise.withResolvers<OutgoingMessage>();
  const stop = listenToAccount(accountKey(auth.account), {
    sessionId: `listener-${id}`,
    onPoke: () => {},
    onMailboxes: () => {},
    onFact: (fact: MailEvent) => {
      if (fact.type === 'outbox-changed' && fact.message.id === id && states.includes(fact.message.state)) tell(fact.message);
      return true;
    },
  });
  try {
    const row = findOutboxRow(id);
    const now = row && toOutgoing(row);
    return now && states.includes(now.state) ? now : await told;
  } finally {
    stop();
  }
}
