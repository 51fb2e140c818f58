import { charsetLetters } from './charset-letters.ts';
import { writeConversation } from './conversation.ts';
import { filedAndFlagged } from './filed-and-flagged.ts';
import { invitations } from './invitations.ts';
import { workingTime } from './moment.ts';
import { newsletters } from './newsletters/newsletters.ts';
import { notifications } from './notifications.ts';
import { oddities } from './oddities.ts';
import { ownMailboxes } from './own-mailboxes.ts';
import { privateTalks } from './private-talks.ts';
import { projectMail } from './project-mail.ts';
import { makeRandom } from './random.ts';
import { receipts } from './receipts.ts';
import type { SeedMessage } from './seed-message.ts';
import { signedLetters } from './signed-letters.ts';
import { spam } from './spam.ts';
import { today } from './today.ts';

export interface SampleMailbox {
  /** Besides INBOX and the special ones; parents that are not named stay non-selectable. */
  mailboxes: string[];
  messages: SeedMessage[];
}

/** Ann's mailbox: five years of a small design office, the same for everyone, ending now. */
export function sampleMailbox(now: Date): SampleMailbox {
  const random = makeRandom(20_311);
  const talks = privateTalks.flatMap(({ daysAgo, ...talk }) =>
    writeConversation({ ...talk, startsAt: workingTime(now, daysAgo, random) }, now, random),
  );
  const sources = [projectMail, newsletters, notifications, receipts, invitations, charsetLetters, oddities, signedLetters, spam, ownMailboxes, today];
  const written = sources.flatMap((source) => source(now, random));
  const messages = filedAndFlagged([...talks, ...written], now, random);
  const special = new Set(['INBOX', 'Drafts', 'Sent', 'Archive', 'Junk', 'Trash']);
  const mailboxes = [...new Set(messages.map(({ mailbox }) => mailbox))].filter((name) => !special.has(name));
  return { mailboxes, messages };
}
