import type { AttachmentPart } from '#tests/support/mail-server/a-message.ts';
import { drawing } from './attachments/files.ts';
import { photo } from './attachments/picture.ts';
import { compose } from './compose.ts';
import { minutesBefore } from './moment.ts';
import { ann, people } from './people.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';
import type { SeedMessage } from './seed-message.ts';

interface Fresh {
  minutesAgo: number;
  from: Person;
  subject: string;
  text: string;
  html?: string;
  cc?: Person[];
  attachments?: AttachmentPart[];
  flags?: string[];
  seen?: boolean;
  inline?: (AttachmentPart & { contentId: string })[];
}

const jpegFile = (name: string, seed: number): AttachmentPart => ({ name, mediaType: 'image/jpeg', content: photo(seed, 720, 480) });

/** What came in the last hours: the top of the list, and the first thing anybody sees. */
export function today(now: Date, random: Random): SeedMessage[] {
  const { mei, tomas, astrid, claire, lukas, olu, ruth, jonas, priya, gwen } = people;
  const fresh: Fresh[] = [
    { minutesAgo: 3, from: mei, subject: 'Kiosk: the shutter in morning light', seen: false, text: 'I went by on the way in. With the sun behind it the shutter throws exactly the pattern we hoped for, and it moves with the water.\n\nThree pictures attached. The second is my new favourite.\n\nMei', attachments: [jpegFile('shutter 1.jpg', 2), jpegFile('shutter 2.jpg', 5), jpegFile('shutter 3.jpg', 7)], cc: [olu] },
    { minutesAgo: 14, from: astrid, subject: 'Opening on Friday: who comes?', seen: false, text: 'Dear Ann,\n\nfor the list at the door I need your names by tomorrow noon. The minister comes by ferry and would like to press the button herself. There will be soup.\n\nMvh Astrid' },
    { minutesAgo: 27, from: tomas, subject: 'Ridge vent: please read before the call', seen: false, text: 'Short version: it works, but only if the glazing bar grows by 4 mm. Long version in the PDF, page 2 is the important one.\n\nT.', attachments: [drawing('Ridge vent calculation', random)], flags: ['$label1'] },
    { minutesAgo: 41, from: lukas, subject: 'AW: Ostbahnhof: Fahrradständer Achse C', seen: true, text: 'Guten Morgen Frau Lee,\n\ndie Achse C ist jetzt frei, der Bauzaun kommt heute weg. Von uns aus können Sie ab Mittwoch montieren.\n\nMfG L. Brandt', flags: ['\\Answered'] },
    { minutesAgo: 68, from: claire, subject: 'Serre des palmiers : une question de lumière', seen: false, text: 'Chère Ann,\n\nles jardiniers demandent si le verre peut être un peu moins clair au sud. Les fougères, disent-ils, n’ont rien demandé.\n\nBien à vous,\nClaire' },
    { minutesAgo: 95, from: { name: 'Slow Harbour', address: 'hello@slowharbour.example', zone: 60 }, subject: 'Lights that let the dark be dark', seen: false, flags: ['Newsletter'], text: 'A harbour in the north has switched off two thirds of its lamps.\n', html: lampLetter, inline: [{ name: 'harbour.jpg', mediaType: 'image/jpeg', content: photo(8, 640, 360), contentId: 'harbour@slowharbour.example' }] },
    { minutesAgo: 130, from: olu, subject: 'Workshop on Thursday', seen: true, text: 'The big saw gets its new blade on Thursday morning. No cutting before eleven, and please no visitors in sandals.\n\nOlu', cc: [mei, jonas, priya] },
    { minutesAgo: 175, from: ruth, subject: 'Look who is here 🐕', seen: false, text: 'Eleven weeks old, eats slippers, answers to nothing. We think her name is Plank.\n\nxx R', attachments: [jpegFile('plank.jpg', 3)], flags: ['\\Flagged', 'Family'] },
    { minutesAgo: 240, from: gwen, subject: 'Your chestnut is dry', seen: true, text: 'Nine per cent, all of it, and not one split. You can have it from Monday. I would not wait: the weather turns on Wednesday.\n\nGwen', flags: ['\\Answered'] },
    { minutesAgo: 320, from: { name: 'Planka', address: 'notifications@planka.example', zone: 0 }, subject: '[Winter garden roof] Mei Tanaka finished “Rain chain, full size”', seen: true, text: 'Mei Tanaka finished the card\n\n    Rain chain, full size\n\nhttps://planka.example/c/4410\n' },
    { minutesAgo: 480, from: { name: 'backup@nas', address: 'backup@nas.example', zone: 60 }, subject: 'Backup finished: 912 GB, no errors', seen: true, text: 'started    01:00\nfinished   02:41\nerrors     0\n' },
  ];
  return fresh.map(({ minutesAgo, cc = [], ...letter }) => compose({ ...letter, to: [ann], cc, at: minutesBefore(now, minutesAgo) }));
}

const lampLetter = `<!doctype html><html><body style="margin:0;background:#eef2f6"><table role="presentation" width="100%"><tr><td align="center" style="padding:24px 12px"><table role="presentation" width="600" style="max-width:600px;background:#ffffff;border-radius:14px">
<tr><td style="padding:26px 30px 12px;font:bold 22px Georgia,serif;color:#17212b">Slow Harbour</td></tr>
<tr><td style="padding:0 30px"><img src="cid:harbour@slowharbour.example" width="540" alt="A footbridge at dusk" style="width:100%;height:auto;border-radius:10px;display:block"></td></tr>
<tr><td style="padding:22px 30px;font:16px/1.6 Georgia,serif;color:#2b3742"><h1 style="font-size:26px;line-height:1.2;margin:0 0 12px">Lights that let the dark be dark</h1><p>A harbour in the north has switched off two thirds of its lamps and had fewer accidents than before. What remains is low, warm, and points at the ground.</p><p>We spoke to the harbour master, who now sees the stars from her office, and to the fishermen, who were against it until they were for it.</p><p><a href="https://www.slowharbour.example/lights" style="background:#0f6fb8;color:#ffffff;padding:12px 22px;border-radius:8px;text-decoration:none;display:inline-block">Read the story</a></p></td></tr>
<tr><td style="padding:0 30px 26px;font:13px/1.5 Georgia,serif;color:#64748b">Also in this issue: why handrails end in a curl, and six stairs worth the climb.<img src="https://pictures.slowharbour.example/o/8812.gif" width="1" height="1" alt=""></td></tr></table></td></tr></table></body></html>`;
