import type { RawImap } from './raw-imap.ts';

/** The raw messages of a mailbox, oldest first. */
export async function rawMessages(device: RawImap, mailbox: string): Promise<string[]> {
  await device.command(`SELECT "${mailbox}"`);
  const text = await device.command('UID FETCH 1:* (BODY.PEEK[])');
  const messages: string[] = [];
  for (const match of text.matchAll(/BODY\[\] \{(\d+)\}\r\n/g)) {
    const start = (match.index ?? 0) + match[0].length;
    messages.push(text.slice(start, start + Number(match[1])));
  }
  return messages;
}
