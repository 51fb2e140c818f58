import { encodeHeader, multipart } from '#tests/support/mail-server/a-message.ts';
import { calendarFile } from './attachments/calendar-file.ts';
import type { CalendarEvent } from './attachments/calendar-file.ts';
import { minutesBefore, workingTime } from './moment.ts';
import { addressOf, ann, person } from './people.ts';
import type { PersonKey } from './people.ts';
import { projects } from './projects.ts';
import type { Random } from './random.ts';
import { rawLetter } from './raw-letter.ts';
import type { SeedMessage } from './seed-message.ts';

/** Invitations over the years, a few answers and cancellations, and one for tomorrow that just came. */
export function invitations(now: Date, random: Random): SeedMessage[] {
  const past = Array.from({ length: 64 }, (_, index) => {
    const project = random.pick(projects);
    const by: PersonKey = random.pick([project.client, 'priya', 'mei']);
    const method = random.pick<CalendarEvent['method']>(['REQUEST', 'REQUEST', 'REQUEST', 'REPLY', 'CANCEL']);
    const at = workingTime(now, random.between(project.until, project.from), random);
    const summary = random.pick([`Site visit: ${project.name}`, `Review of the ${random.pick(project.parts)}`, `${project.name}: weekly call`, 'Samples at the long table']);
    return invitation({ by, method, at, summary, location: project.place, uid: `visit-${index}@diary.example`, startsAt: inDays(at, random.between(1, 12)), mailbox: random.chance(0.6) ? 'INBOX' : project.mailbox });
  });
  const fresh = minutesBefore(now, 52);
  return [
    ...past,
    invitation({ by: 'astrid', method: 'REQUEST', at: fresh, summary: 'Opening of the ticket kiosk', location: 'Ferry quay, Fjordline', uid: 'opening@fjordline.example', startsAt: inDays(fresh, 3), mailbox: 'INBOX', seen: false }),
  ];
}

interface Invitation extends Pick<CalendarEvent, 'method' | 'summary' | 'location' | 'uid' | 'startsAt'> {
  by: PersonKey;
  at: Date;
  mailbox: string;
  seen?: boolean;
}

const words = { REQUEST: 'Invitation', CANCEL: 'Cancelled', REPLY: 'Accepted', PUBLISH: 'Published' };

function invitation({ by, method, at, mailbox, seen, ...event }: Invitation): SeedMessage {
  const from = person(by);
  const attendees = [{ ...ann }, { ...person('mei'), answer: 'ACCEPTED' as const }];
  const file = calendarFile({ ...event, method, length: 60, organizer: from, attendees, madeAt: at });
  const when = event.startsAt.toUTCString().replace(/:00 GMT$/, ' UTC');
  const text = `${words[method]}: ${event.summary}\n\nWhen   ${when}\nWhere  ${event.location}\n`;
  const encoded = (type: string, content: string) => ({
    headers: { 'Content-Type': type, 'Content-Transfer-Encoding': 'base64' },
    body: Buffer.from(Buffer.from(content).toString('base64').replace(/.{76}/g, '$&\r\n')),
  });
  // The calendar stands among the alternatives, as iMIP asks (RFC 6047 section 2.4).
  const entity = multipart('alternative', [
    encoded('text/plain; charset=utf-8', text),
    encoded(`text/calendar; charset=utf-8; method=${method}`, file),
  ]);
  return rawLetter({
    headers: [
      `From: ${encodeHeader(addressOf(from))}`,
      `To: ${addressOf(ann)}`,
      `Subject: ${encodeHeader(`${words[method]}: ${event.summary}`)}`,
      'MIME-Version: 1.0',
      ...Object.entries(entity.headers).map(([name, value]) => `${name}: ${value}`),
    ],
    body: entity.body,
    at,
    mailbox,
    flags: ['Work'],
    ...(seen === undefined ? {} : { seen }),
  });
}

function inDays(date: Date, days: number): Date {
  const later = new Date(date.getTime() + days * 24 * 3_600_000);
  later.setUTCHours(10, 0, 0, 0);
  return later;
}
