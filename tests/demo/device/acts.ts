import type { ImapFlow } from 'imapflow';
import type { Random } from '../mailbox/random.ts';
import { deliverOne } from './deliver-one.ts';
import { deleteFolder, makeFolder, renameFolder } from './folder-acts.ts';

export interface Device {
  imap: ImapFlow;
  lmtpPort: number;
  user: string;
  random: Random;
}

export interface Act {
  weight: number;
  /** Does it and gives back the line to print; null when there was nothing to do it to. */
  run(device: Device): Promise<string | null>;
}

interface Found {
  uid: number;
  subject: string;
  flags: Set<string>;
}

const recent = 40;

/** What a phone in another pocket does, mail arriving and being read most of all. */
export const acts: Act[] = [
  { weight: 6, run: deliverOne },
  { weight: 5, run: (device) => flag(device, 'reads', '\\Seen', true) },
  { weight: 1, run: (device) => flag(device, 'marks as unread', '\\Seen', false) },
  { weight: 3, run: (device) => flag(device, 'stars', '\\Flagged', true) },
  { weight: 2, run: (device) => flag(device, 'takes the star from', '\\Flagged', false) },
  { weight: 2, run: archive },
  { weight: 2, run: trash },
  { weight: 1, run: emptyFromTrash },
  { weight: 1, run: makeFolder },
  { weight: 1, run: renameFolder },
  { weight: 0.6, run: deleteFolder },
];

/** One of the newest messages of a mailbox that fits; null when none does. The mailbox stays selected. */
async function oneOf({ imap, random }: Device, mailbox: string, fits: (found: Found) => boolean): Promise<Found | null> {
  const { exists } = await imap.mailboxOpen(mailbox);
  if (exists === 0) return null;
  const newest = await imap.fetchAll(`${Math.max(1, exists - recent + 1)}:*`, { uid: true, flags: true, envelope: true });
  const found = newest
    .map(({ uid, flags, envelope }) => ({ uid, flags: flags ?? new Set<string>(), subject: envelope?.subject ?? '(no subject)' }))
    .filter(fits);
  return found.length > 0 ? random.pick(found) : null;
}

async function flag(device: Device, verb: string, name: string, value: boolean): Promise<string | null> {
  const found = await oneOf(device, 'INBOX', ({ flags }) => flags.has(name) !== value);
  if (!found) return null;
  const { imap } = device;
  await (value ? imap.messageFlagsAdd : imap.messageFlagsRemove).call(imap, [found.uid], [name], { uid: true });
  return `${verb}  “${found.subject}”`;
}

async function archive(device: Device): Promise<string | null> {
  const found = await oneOf(device, 'INBOX', ({ flags }) => flags.has('\\Seen') && !flags.has('\\Flagged'));
  if (!found) return null;
  await device.imap.messageMove([found.uid], 'Archive', { uid: true });
  return `moves to Archive  “${found.subject}”`;
}

async function trash(device: Device): Promise<string | null> {
  const found = await oneOf(device, 'INBOX', ({ flags }) => !flags.has('\\Flagged'));
  if (!found) return null;
  await device.imap.messageMove([found.uid], 'Trash', { uid: true });
  return `moves to Trash  “${found.subject}”`;
}

async function emptyFromTrash(device: Device): Promise<string | null> {
  const found = await oneOf(device, 'Trash', () => true);
  if (!found) return null;
  await device.imap.messageDelete([found.uid], { uid: true });
  return `deletes for ever  “${found.subject}”`;
}
