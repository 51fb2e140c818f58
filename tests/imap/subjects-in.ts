import { quoteName } from '#tests/support/mail-server/raw-imap.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';

/** Subjects of a mailbox as another device sees them now, oldest first. */
export async function subjectsIn(device: RawImap, mailbox: string, which = 'ALL'): Promise<string[]> {
  await device.command(`SELECT ${quoteName(mailbox)}`);
  const found = /\* SEARCH ?(.*)\r\n/.exec(await device.command(`SEARCH ${which}`))?.[1]?.trim();
  if (!found) return [];
  const answer = await device.command(`FETCH ${found.replaceAll(' ', ',')} (BODY.PEEK[HEADER.FIELDS (SUBJECT)])`);
  return [...answer.matchAll(/^Subject: (.*)\r$/gm)].map(([, subject]) => subject ?? '');
}
