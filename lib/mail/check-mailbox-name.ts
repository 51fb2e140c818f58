import type { Mailbox, MailboxPath } from './mailbox.ts';

/** Why a name cannot be given; each has its sentence in the catalogue's `mailboxes`. */
export type NameFault = 'empty' | 'delimiter' | 'wildcard' | 'control' | 'tooLong' | 'exists';

/** Octets of UTF-8 that file systems and servers (Dovecot: 255 a segment) take. */
const maxOctets = 255;

/** The form in which names are sent: Net-Unicode (RFC 5198, RFC 9051 section 5.1), without blanks around it. */
export function tidyMailboxName(name: string): string {
  return name.normalize('NFC').trim();
}

/**
 * What is wrong with a tidied name below a parent, as far as that can be told before asking the server; null: nothing.
 * INBOX is INBOX in any case (RFC 9051 section 5.1).
 */
export function checkMailboxName(
  name: string,
  mailboxes: readonly Pick<Mailbox, 'path' | 'parent' | 'name' | 'delimiter'>[],
  parent: MailboxPath | null,
  self: MailboxPath | null = null,
): NameFault | null {
  if (name === '') return 'empty';
  const above = mailboxes.find(({ path }) => path === parent) ?? mailboxes[0];
  if (above?.delimiter && name.includes(above.delimiter)) return 'delimiter';
  if (/[%*]/.test(name)) return 'wildcard';
  if (/[\p{Cc}\u2028\u2029]/u.test(name)) return 'control';
  if (new TextEncoder().encode(name).length > maxOctets) return 'tooLong';
  const isSame = (other: string) =>
    other === name || (parent === null && /^inbox$/i.test(name) && /^inbox$/i.test(other));
  const taken = mailboxes.some((mailbox) => mailbox.parent === parent && mailbox.path !== self && isSame(mailbox.name));
  return taken ? 'exists' : null;
}
