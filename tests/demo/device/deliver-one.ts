import { deliver } from '#tests/support/mail-server/start-submission.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { addressOf, ann, person } from '../mailbox/people.ts';
import type { PersonKey } from '../mailbox/people.ts';
import { photo as drawPhoto } from '../mailbox/attachments/picture.ts';
import type { Device } from './acts.ts';

const letters: { by: PersonKey; subject: string; text: string; photo?: true }[] = [
  { by: 'mei', subject: 'The green one after all', text: 'I looked at it again in daylight. It has to be the green one.' },
  { by: 'jonas', subject: 'Photo from the quay', text: 'Fog this morning. The crane looks as if it hung from nothing.', photo: true },
  { by: 'ruth', subject: 'Call me when you are home?', text: 'Nothing bad! I only want to tell you something and it is too long to type.' },
  { by: 'tomas', subject: 'Numbers for tomorrow', text: 'Ready and in the folder. The short version: it stands, with room to spare.' },
  { by: 'astrid', subject: 'Opening moved by an hour', text: 'The minister comes by ferry, so eleven instead of ten. Coffee stays at nine.' },
  { by: 'olu', subject: 'Lock the yard', text: 'I left last but had my hands full. Could whoever comes by check the gate?' },
  { by: 'priya', subject: 'Signed!', text: 'The contract came back signed. I have put the bottle in the fridge.' },
  { by: 'ben', subject: 'Sunday', text: 'Low tide is at nine. Walk to the lighthouse and back, breakfast there? I bring the bread.', photo: true },
  { by: 'gwen', subject: 'A log you should see', text: 'Came in today, eighty centimetres across, straight as a letter. I will not cut it before you have seen it.' },
  { by: 'lukas', subject: 'Ladesäulen am Ostbahnhof', text: 'Guten Tag Frau Lee,\n\ndie Ladesäulen kommen doch schon am Montag. Passt Ihnen das?' },
  { by: 'kenichi', subject: '待合室の写真', text: 'リーさん\n\n新しいベンチの写真をお送りします。お客様に大変好評です。', photo: true },
  { by: 'noor', subject: 'Who rows on Saturday?', text: 'Four seats, three names. The fourth gets the good oars.' },
];

let number = 0;

/** A new message comes in through LMTP, as from the outside. */
export async function deliverOne({ lmtpPort, user, random }: Device): Promise<string> {
  const { by, subject, text, photo } = random.pick(letters);
  const { address, name, closing } = person(by);
  number += 1;
  const raw = aMessage({
    from: addressOf({ name, address }),
    to: addressOf(ann),
    subject,
    text: `${text}${closing ? `\n\n${closing}` : ''}\n`,
    messageId: `<${Date.now().toString(36)}.${number}@${address.split('@')[1] ?? 'example.test'}>`,
    ...(photo ? { attachments: [{ name: 'photo.jpg', mediaType: 'image/jpeg', content: drawPhoto(random.between(1, 9_999), 480, 320) }] } : {}),
  });
  try {
    await deliver(lmtpPort, address, [user], raw);
  } catch (error) {
    if (error instanceof Error && error.message.includes('Quota exceeded')) return `finds no room for  “${subject}”: the mailbox is full`;
    throw error;
  }
  return `new from ${name}  “${subject}”`;
}
