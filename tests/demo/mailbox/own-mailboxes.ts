import { createHash } from 'node:crypto';
import { anyFile } from './attachments/files.ts';
import { compose } from './compose.ts';
import { anyTime, minutesBefore, workingTime } from './moment.ts';
import { ann, people } from './people.ts';
import { projects } from './projects.ts';
import type { Random } from './random.ts';
import type { SeedMessage } from './seed-message.ts';

/** Drafts that wait, things thrown away, and the large files that fill a mailbox. */
export function ownMailboxes(now: Date, random: Random): SeedMessage[] {
  return [...drafts(now), ...thrownAway(now, random), ...largeFiles(now, random), ...umlautMailbox(now, random)];
}

function drafts(now: Date): SeedMessage[] {
  const { claire, helen, ruth, daniel } = people;
  const begun = [
    { to: [claire], subject: 'Re: Serre des palmiers : une question de lumière', text: 'Chère Claire,\n\nles fougères ont raison. ', minutes: 22 },
    { to: [helen], subject: 'A bench for the lower yard', text: 'Dear Helen,\n\nwe have one board left over from the climbing frame and an idea what to do with it.\n\n', minutes: 1_600 },
    { to: [ruth], subject: '', text: 'Plank!! ', minutes: 150 },
    { to: [], subject: 'Talk at the school: notes', text: '- begin with the spaghetti bridge\n- who has been afraid on a bridge?\n- let them jump on the model\n', minutes: 9_000 },
    { to: [daniel], subject: 'Ten years of Saltmarsh', text: 'Dear Daniel,\n\nnext spring it is ten years since ', minutes: 40_000 },
  ];
  return begun.map(({ to, subject, text, minutes }) =>
    compose({ from: ann, to, subject, text, at: minutesBefore(now, minutes), mailbox: 'Drafts', flags: ['\\Draft'], seen: true }),
  );
}

function thrownAway(now: Date, random: Random): SeedMessage[] {
  const subjects = ['Webinar: handrails in the cloud', 'Reminder: webinar: handrails in the cloud', 'Survey: how was our survey?', 'Your trial ends', 'Office chairs, 40 % off', 'We have updated our terms', 'Someone looked at your profile'];
  return Array.from({ length: 42 }, (_, index) =>
    compose({
      from: { name: random.pick(['Events', 'Surveys & More', 'Chairs24', 'ProfileNet']), address: `no-reply${index % 4}@offers.example`, zone: 0 },
      subject: random.pick(subjects),
      text: 'You receive this because at some time you did not untick a box.\n',
      at: anyTime(now, random.between(0, 28), random),
      mailbox: 'Trash',
      seen: random.chance(0.7),
    }),
  );
}

/** Point clouds do not compress: pseudo-random octets, the same in every seeding. */
function largeFiles(now: Date, random: Random): SeedMessage[] {
  return projects.slice(-10).map((project, index) => {
    const megabytes = 1 + (index % 4) * 1.2;
    const block = createHash('sha512').update(project.name).digest();
    const content = Buffer.alloc(Math.round(megabytes * 1_048_576));
    for (let offset = 0; offset < content.length; offset += block.length) createHash('sha512').update(block).update(String(offset)).digest().copy(content, offset);
    return compose({
      from: people.jonas,
      subject: `${project.name}: survey, point cloud`,
      text: `The scan of ${project.place} is attached. Open it with the viewer, not with the telephone.\n\nGruß, Jonas\n`,
      attachments: [{ name: `scan ${project.place}.laz`, mediaType: 'application/octet-stream', content }],
      at: workingTime(now, project.until + random.between(1, 40), random),
      mailbox: index % 3 === 0 ? 'INBOX' : project.mailbox,
      flags: ['Work'],
    });
  });
}

function umlautMailbox(now: Date, random: Random): SeedMessage[] {
  const subjects = ['Schlüssel für das Bürogebäude', 'Müllabfuhr: neue Termine', 'Straßenfest am Kai', 'Treppenhaus wird gestrichen', 'Zählerstände'];
  return subjects.map((subject, index) =>
    compose({
      from: { name: 'Hausverwaltung Grün & Söhne', address: 'buero@gruen-soehne.example', zone: 60 },
      subject,
      text: `Sehr geehrte Mieterinnen und Mieter,\n\n${subject}: Näheres im Aushang im Flur. Bei Fragen sind wir dienstags von neun bis elf Uhr für Sie da.\n\nIhre Hausverwaltung\n`,
      attachments: index === 2 ? [anyFile('Straßenfest Lageplan', random)] : [],
      at: workingTime(now, 20 + index * 55, random),
      mailbox: 'Büro/Hausverwaltung',
    }),
  );
}
