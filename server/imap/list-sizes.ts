import 'server-only';
import type { ImapFlow } from 'imapflow';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { atom, execCommand, listOf, mailboxName, mailboxNameOf, quoted, textOf, valueAfter } from './protocol.ts';
import type { Untagged } from './protocol.ts';

/**
 * What mailboxes take, in octets, where the server adds it up itself (STATUS=SIZE, RFC 8438): in one command where it can (LIST-STATUS,
 * RFC 5819), else one by one. Empty where it does not; without those that refuse.
 */
export async function listSizes(client: ImapFlow, paths: readonly MailboxPath[]): Promise<Map<MailboxPath, number>> {
  const sizes = new Map<MailboxPath, number>();
  const has = (name: string) => client.capabilities.has(name) || client.capabilities.has('IMAP4rev2');
  if (!has('STATUS=SIZE')) return sizes;
  const STATUS = ({ attributes = [] }: Untagged) => {
    const path = mailboxNameOf(client, attributes[0]);
    const size = textOf(valueAfter(listOf(attributes[1]), 'SIZE'));
    if (path !== null && size !== null && /^\d{1,19}$/.test(size)) sizes.set(path, Number(size));
  };
  const items = [atom('SIZE')];
  if (has('LIST-STATUS')) {
    const asked = [quoted(''), quoted('*'), atom('RETURN'), [atom('STATUS'), items]];
    await execCommand(client, 'LIST', asked, { LIST: () => {}, STATUS });
    return sizes;
  }
  for (const path of paths) {
    await execCommand(client, 'STATUS', [mailboxName(client, path), items], { STATUS }).catch((error: unknown) => {
      if (!client.usable) throw error;
    });
  }
  return sizes;
}
