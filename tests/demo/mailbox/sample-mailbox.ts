import { makeRandom } from './random.ts';
import type { SeedMessage } from './seed-message.ts';
import { filedAndFlagged } from './filed-and-flagged.ts';
import { projectMail } from './project-mail.ts';

export interface SampleMailbox {
  /** Besides INBOX and the special ones; parents that are not named stay non-selectable. */
  mailboxes: string[];
  messages: SeedMessage[];
}

/** Ann's mailbox: five years of a small design office, the same for everyone, ending now. */
export function sampleMailbox(now: Date): SampleMailbox {
  const random = makeRandom(20_311);
  const messages = filedAndFlagged([...projectMail(now, random)], now, random);
  const special = new Set(['INBOX', 'Drafts', 'Sent', 'Archive', 'Junk', 'Trash']);
  const mailboxes = [...new Set(messages.map(({ mailbox }) => mailbox))].filter((name) => !special.has(name));
  return { mailboxes, messages };
}
