import 'server-only';
import type { ImapFlow } from 'imapflow';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { deleteMailboxes } from './change-mailbox.ts';
import { execCommand, listOf, mailboxName, quoted, textOf } from './protocol.ts';
import type { Untagged } from './protocol.ts';
import { readCounts } from './read-counts.ts';

/** What separates a mailbox from those below it; null where nothing can be below it. */
export type Below = string | null;

/** Whether there is a mailbox of this path, and what may stand below it; null where there is none. */
export async function findMailbox(client: ImapFlow, path: MailboxPath): Promise<{ below: Below } | null> {
  let found: { below: Below } | null = null;
  const LIST = ({ attributes = [] }: Untagged) => {
    const flags = listOf(attributes[0]).map((flag) => textOf(flag)?.toLowerCase());
    if (flags.includes('\\nonexistent')) return;
    const delimiter = textOf(attributes[1]);
    const isLeaf = flags.includes('\\noinferiors') || !delimiter || delimiter.toUpperCase() === 'NIL';
    found = { below: isLeaf ? null : delimiter };
  };
  await execCommand(client, 'LIST', [quoted(''), mailboxName(client, path)], { LIST });
  return found;
}

/** Removes those of the mailboxes that hold no message and no other mailbox, in their order; answers which. */
export async function removeEmptyMailboxes(client: ImapFlow, paths: readonly MailboxPath[]): Promise<MailboxPath[]> {
  const removed: MailboxPath[] = [];
  for (const path of paths) {
    const there = await findMailbox(client, path);
    if (!there || (there.below && (await holdsOthers(client, path + there.below)))) continue;
    try {
      const { messages } = await readCounts(client, path);
      if (messages > 0) continue;
      await deleteMailboxes(client, [path]);
      removed.push(path);
    } catch (error) {
      if (!client.usable) throw error; // Else the server refuses, and it stays.
    }
  }
  return removed;
}

/** A name that has wildcards in it may seem to hold others, and stays. */
async function holdsOthers(client: ImapFlow, prefix: string): Promise<boolean> {
  let isParent = false;
  await execCommand(client, 'LIST', [quoted(''), mailboxName(client, `${prefix}*`)], {
    LIST: ({ attributes = [] }) => {
      const flags = listOf(attributes[0]).map((flag) => textOf(flag)?.toLowerCase());
      if (!flags.includes('\\nonexistent')) isParent = true;
    },
  });
  return isParent;
}
