import type { Random } from './random.ts';
import type { SeedMessage } from './seed-message.ts';

const newestLookedAt = 70;

/** Sorts by arrival and marks what is read: nearly all, but some of the newest, and a few that were never opened. */
export function filedAndFlagged(messages: SeedMessage[], now: Date, random: Random): SeedMessage[] {
  const sorted = messages
    .filter(({ receivedAt }) => receivedAt <= now)
    .sort((one, other) => one.receivedAt.getTime() - other.receivedAt.getTime());
  const inInbox = sorted.filter(({ mailbox }) => mailbox === 'INBOX').length;
  let position = 0;
  for (const message of sorted) {
    if (message.mailbox === 'INBOX') position += 1;
    const isNew = message.mailbox === 'INBOX' && position > inInbox - newestLookedAt;
    const wasAnswered = message.flags.includes('\\Answered');
    const seen = message.seen ?? (wasAnswered || !random.chance(isNew ? 0.36 : 0.006));
    if (seen) message.flags.push('\\Seen');
    if (random.chance(0.025)) message.flags.push('\\Flagged');
    if (message.mailbox !== 'Sent' && random.chance(0.012)) message.flags.push('$Forwarded');
    message.flags = [...new Set(message.flags)];
  }
  return sorted;
}
