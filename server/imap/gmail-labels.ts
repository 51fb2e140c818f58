import 'server-only';
import type { ImapFlow } from 'imapflow';
import type { Keyword } from '#lib/mail/keyword.ts';
import { isLabel, labelNameOf, toLabelKeyword } from '#lib/mail/label.ts';
import { answerOfRefusal, atom, mailboxName, mailboxNameOf, textOf } from './protocol.ts';
import type { ParsedNode, Token } from './protocol.ts';

/**
 * Gmail's labels (X-GM-EXT-1, https://developers.google.com/workspace/gmail/imap/imap-extensions): each is a mailbox, FETCH and SEARCH
 * know them as X-GM-LABELS, and STORE puts them on messages. Everywhere above this they are keywords made of their names, as
 * labels are elsewhere. Those that begin with a backslash are Gmail's own, which are shown as mailboxes and marks.
 */
export function hasGmailLabels({ capabilities }: ImapFlow): boolean {
  return capabilities.has('X-GM-EXT-1');
}

/** Octets of a keyword: Gmail's names are longer than what servers take as an IMAP keyword. */
const maxKeyword = 255;

/** Names of labels as keywords, without Gmail's own. */
export function labelsToKeywords(labels: Iterable<string>): Keyword[] {
  return [...labels].flatMap((name) => (name.startsWith('\\') ? [] : (toLabelKeyword(name, maxKeyword) ?? [])));
}

/** The same of an X-GM-LABELS list as it came. */
export function parsedLabels(client: ImapFlow, nodes: readonly ParsedNode[]): string[] {
  return nodes.flatMap((node) => (textOf(node)?.startsWith('\\') ? [] : (mailboxNameOf(client, node) ?? [])));
}

/** Whether a keyword stands for a label of Gmail's on this connection; what begins with "$" is a mark of a program's. */
export function isGmailLabel(client: ImapFlow, keyword: Keyword): boolean {
  return hasGmailLabels(client) && isLabel(keyword) && !keyword.startsWith('$');
}

/** What STORE puts on or takes off; the answer is the labels, which is not asked to be silent: Gmail documents no such form. */
export function labelOperation(client: ImapFlow, keyword: Keyword, value: boolean): Token[] {
  return [atom(value ? '+X-GM-LABELS' : '-X-GM-LABELS'), [mailboxName(client, labelNameOf(keyword))]];
}

/** Search keys for what has it. */
export function havingLabel(client: ImapFlow, keyword: Keyword): Token[] {
  return [atom('X-GM-LABELS'), mailboxName(client, labelNameOf(keyword))];
}

/** Stores a label; one that there is not yet is made, where Gmail refuses it for that. */
export async function storingLabel<T>(
  client: ImapFlow,
  keyword: Keyword,
  value: boolean,
  store: () => Promise<T>,
): Promise<T> {
  try {
    return await store();
  } catch (error) {
    if (!value || !answerOfRefusal(error)) throw error;
    const made = await client.mailboxCreate(labelNameOf(keyword));
    if (!made.created) throw error;
    return store();
  }
}

/** The keywords of all labels of the account: its mailboxes, but for Gmail's own. */
export async function listGmailLabels(client: ImapFlow): Promise<Keyword[]> {
  const mailboxes = await client.list();
  const own = mailboxes.filter(
    ({ path, specialUse, flags }) =>
      path !== 'INBOX' &&
      !specialUse &&
      !flags.has('\\Important') &&
      !flags.has('\\Noselect') &&
      !flags.has('\\NonExistent'),
  );
  return labelsToKeywords(own.map(({ path }) => path));
}
