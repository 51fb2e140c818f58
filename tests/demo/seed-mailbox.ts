import { connectRawImap } from '#tests/support/mail-server/raw-imap.ts';
import type { SampleMailbox } from './mailbox/sample-mailbox.ts';

export interface Login {
  port: number;
  user: string;
  password: string;
}

/** Puts the sample into an empty account over one pipelined IMAP connection; each mailbox in the order of arrival. */
export async function seedMailbox({ port, user, password }: Login, { mailboxes, messages }: SampleMailbox): Promise<void> {
  const imap = await connectRawImap(port, user, password);
  for (const name of mailboxes) await imap.create(name);
  const byMailbox = Map.groupBy(messages, ({ mailbox }) => mailbox);
  for (const [mailbox, its] of byMailbox) {
    await imap.append(
      mailbox,
      its.map(({ raw, flags, receivedAt }) => ({ raw, flags, internalDate: receivedAt })),
    );
  }
  imap.close();
}
