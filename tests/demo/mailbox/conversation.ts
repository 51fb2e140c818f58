import type { AttachmentPart } from '#tests/support/mail-server/a-message.ts';
import { compose, nextMessageId } from './compose.ts';
import { headerDate } from './moment.ts';
import { ann, person } from './people.ts';
import type { Person, PersonKey } from './people.ts';
import type { Random } from './random.ts';
import type { SeedMessage } from './seed-message.ts';

/** One turn of a conversation: who writes what, with what. */
export interface Turn {
  by: PersonKey;
  text: string;
  attachments?: AttachmentPart[];
  flags?: string[];
}

export interface Conversation {
  subject: string;
  /** When the first turn was written. */
  startsAt: Date;
  turns: Turn[];
  /** Everyone besides the writers who gets it as a copy. */
  cc?: PersonKey[];
  /** Where what Ann receives is filed; what she writes goes to Sent. */
  mailbox: string;
  /** Keywords on every message that Ann received. */
  keywords?: string[];
  /** Hours between two turns, at most; default 30. */
  pace?: number;
}

/** Writes a conversation out: replies name what they answer (RFC 5322 section 3.6.4) and quote it as people do. */
export function writeConversation(conversation: Conversation, now: Date, random: Random): SeedMessage[] {
  const { subject, turns, mailbox, cc = [], keywords = [], pace = 30 } = conversation;
  const everyone = [...new Set([...turns.map(({ by }) => by), 'ann' as const])];
  const written: SeedMessage[] = [];
  let at = conversation.startsAt;
  let references: string[] = [];
  let last: { turn: Turn; at: Date; id: string; seed: SeedMessage } | null = null;
  for (const turn of turns) {
    const from = person(turn.by);
    const id = nextMessageId(from.address);
    const isReply = last !== null;
    const seed = compose({
      from,
      to: everyone.filter((key) => key !== turn.by).map(person),
      cc: cc.filter((key) => !everyone.includes(key)).map(person),
      subject: isReply ? `${replyPrefix(from)}${subject}` : subject,
      text: `${body(turn, from)}${last && random.chance(0.7) ? quoted(last.turn, last.at) : ''}`,
      attachments: turn.attachments ?? [],
      messageId: id,
      ...(last ? { inReplyTo: last.id, references } : {}),
      at,
      mailbox: from === ann ? 'Sent' : mailbox,
      flags: [...(turn.flags ?? []), ...(from === ann ? [] : keywords)],
      ...(from === ann ? { seen: true } : {}),
    });
    if (from === ann && last && last.turn.by !== 'ann') last.seed.flags.push('\\Answered');
    written.push(seed);
    references = [...references, id];
    last = { turn, at, id, seed };
    at = new Date(at.getTime() + random.between(8, pace * 60) * 60_000 + random.between(0, 59_000));
    if (at > now) break;
  }
  return written;
}

function replyPrefix({ address }: Person): string {
  if (address.endsWith('rheinufer.example') || address.endsWith('ostbahnhof.example')) return 'AW: ';
  return address.endsWith('fjordline.example') ? 'SV: ' : 'Re: ';
}

function body({ text }: Turn, { closing, signature }: Person): string {
  const under = signature ? `\n\n-- \n${signature.join('\n')}` : '';
  return `${text}${closing ? `\n\n${closing}` : ''}${under}\n`;
}

function quoted({ by, text }: Turn, at: Date): string {
  const { name, zone } = person(by);
  const lines = text.split('\n').map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`.trimEnd()));
  return `\nOn ${headerDate(at, zone)}, ${name} wrote:\n${lines.join('\n')}\n`;
}
