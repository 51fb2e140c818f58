import 'server-only';
import type { ImapFlow } from 'imapflow';
import { baseSubject } from '#lib/mail/base-subject.ts';
import { toGroups } from '#lib/mail/thread-groups.ts';
import type { ThreadGroups } from '#lib/mail/thread-groups.ts';
import { fetchCarefully } from './fetch-carefully.ts';
import { messageIdsIn, referencesIn } from './message-ids.ts';

export interface ThreadHeaders {
  uid: number;
  messageId: string | null;
  /** What it names as those before it: References and In-Reply-To. */
  references: readonly string[];
  subject: string;
}

/** Threads by what the messages' own headers say, for servers that can't tell. */
export async function threadByHeaders(
  client: ImapFlow,
  range: string,
): Promise<{ groups: ThreadGroups; lowest: number }> {
  const read = await readThreadHeaders(client, range, 'seq');
  return { groups: toGroups(threadsOf(read)), lowest: Math.min(0xffffffff, ...read.map(({ uid }) => uid)) };
}

/** Reads what tells a thread of a range of messages. */
export async function readThreadHeaders(client: ImapFlow, range: string, by: 'seq' | 'uid'): Promise<ThreadHeaders[]> {
  const query = { uid: true, envelope: true, headers: ['References'] };
  const rows = await fetchCarefully(client, range, query, by);
  return rows
    .filter(({ uid, envelope }) => uid > 0 && envelope !== undefined)
    .map(({ uid, envelope, headers }) => ({
      uid,
      messageId: messageIdsIn(envelope?.messageId ?? '')[0] ?? null,
      references: [...referencesIn(headers), ...messageIdsIn(envelope?.inReplyTo ?? '')],
      subject: envelope?.subject ?? '',
    }));
}

/**
 * Messages that name each other or name the same one, and answers without any such name by their subject (RFC 5256 section 3, REFERENCES,
 * step 5): only these, or every "Invoice" would be one conversation.
 */
function* threadsOf(messages: readonly ThreadHeaders[]): Generator<[number, number]> {
  const byId = new Map<string, number>();
  const bySubject = new Map<string, number>();
  for (const { uid, messageId, references, subject } of messages) {
    for (const id of messageId === null ? references : [messageId, ...references]) {
      const known = byId.get(id);
      if (known === undefined) byId.set(id, uid);
      else if (known !== uid) yield [known, uid];
    }
    const { base, isReply } = baseSubject(subject);
    if (base === '') continue;
    const known = bySubject.get(base);
    if (known !== undefined && isReply && references.length === 0) yield [known, uid];
    if (known === undefined) bySubject.set(base, uid);
  }
}
