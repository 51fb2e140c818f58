import { compose } from './compose.ts';
import { anyTime, workingTime } from './moment.ts';
import { projects } from './projects.ts';
import type { Random } from './random.ts';
import type { SeedMessage } from './seed-message.ts';

const machines = {
  diary: { name: 'Studio Diary', address: 'no-reply@diary.example', zone: 0 },
  backup: { name: 'backup@nas', address: 'backup@nas.example', zone: 60 },
  tasks: { name: 'Planka', address: 'notifications@planka.example', zone: 0 },
  parcel: { name: 'QuickParcel', address: 'status@quickparcel.example', zone: 60 },
  weather: { name: 'Harbour weather', address: 'alerts@weather.example', zone: 0 },
  rail: { name: 'Coast Railways', address: 'tickets@coastrail.example', zone: 60 },
};

/** What machines write: short, frequent, mostly ignored. */
export function notifications(now: Date, random: Random): SeedMessage[] {
  const many = (count: number, make: () => SeedMessage) => Array.from({ length: count }, make);
  return [
    ...many(110, () => taskMessage(now, random)),
    ...many(60, () => backupMessage(now, random)),
    ...many(45, () => parcelMessage(now, random)),
    ...many(34, () => weatherMessage(now, random)),
    ...many(46, () => ticketMessage(now, random)),
  ];
}

function taskMessage(now: Date, random: Random): SeedMessage {
  const project = random.pick(projects);
  const daysAgo = random.between(project.until, project.from);
  const part = random.pick(project.parts);
  const who = random.pick(['Mei Tanaka', 'Tomás Ferreira', 'Olu Adeyemi', 'Jonas Weber', 'Priya Raman']);
  const verb = random.pick(['moved', 'commented on', 'finished', 'assigned you to', 'added a photo to']);
  const card = random.pick([`Check the ${part} against the model`, `Order ${random.pick(project.materials)}`, `Photos of ${project.place}`, `Detail: ${part} meets wall`, `Ask ${project.name} about dates`]);
  const html = `<div style="font:15px/1.5 Helvetica,Arial,sans-serif;color:#22303c;max-width:520px;margin:20px auto"><p style="color:#6b7a88">${project.name}</p><p><b>${who}</b> ${verb} the card</p><p style="border-left:4px solid #4c8bf5;padding:10px 14px;background:#f3f6fb;border-radius:0 6px 6px 0">${card}</p><p><a href="https://planka.example/c/${random.between(1000, 9999)}" style="color:#1a5fd0">Open the card</a></p></div>`;
  return compose({
    from: machines.tasks,
    subject: `[${project.name}] ${who} ${verb} “${card}”`,
    text: `${who} ${verb} the card\n\n    ${card}\n\nhttps://planka.example/c/${random.between(1000, 9999)}\n`,
    html,
    at: workingTime(now, daysAgo, random),
    mailbox: random.chance(0.8) ? 'INBOX' : 'Archive',
    headers: { 'Auto-Submitted': 'auto-generated' },
  });
}

function backupMessage(now: Date, random: Random): SeedMessage {
  const failed = random.chance(0.06);
  const gigabytes = random.between(180, 940);
  return compose({
    from: machines.backup,
    subject: failed ? 'Backup FAILED: disk 2 does not answer' : `Backup finished: ${gigabytes} GB, no errors`,
    text: failed
      ? 'The nightly backup stopped at 02:14.\n\n  disk 2   no answer within 60 s\n\nIt will be tried again tonight. Nothing was deleted.\n'
      : `started    01:00\nfinished   02:${random.between(10, 59)}\nfiles      ${random.between(80_000, 420_000)}\nnew        ${random.between(12, 4000)}\nsize       ${gigabytes} GB\nerrors     0\n`,
    at: anyTime(now, random.between(0, 1500), random),
    mailbox: random.chance(0.75) ? 'INBOX' : 'Archive',
    headers: { 'Auto-Submitted': 'auto-generated' },
    flags: failed ? ['\\Flagged'] : [],
  });
}

function parcelMessage(now: Date, random: Random): SeedMessage {
  const number = `QP${random.between(10_000_000, 99_999_999)}`;
  const state = random.pick(['is on its way', 'arrives today between 10 and 12', 'was left with your neighbour', 'has been delivered']);
  return compose({
    from: machines.parcel,
    subject: `Parcel ${number} ${state}`,
    html: `<table width="100%" style="background:#fff7d6;font:15px Arial,sans-serif"><tr><td style="padding:24px"><b style="font-size:20px;color:#7a5200">QuickParcel</b><p>Your parcel <b>${number}</b> ${state}.</p><table cellpadding="8" style="background:#fff;border:1px solid #eadfae"><tr><td>From</td><td>${random.pick(['Nordsteel AB', 'Desk & Bench Supplies', 'Larch & Sons', 'Glass Atelier'])}</td></tr><tr><td>Weight</td><td>${random.between(1, 29)}.${random.between(0, 9)} kg</td></tr></table><p><a href="https://quickparcel.example/t/${number}">Follow it</a></p></td></tr></table>`,
    text: `Your parcel ${number} ${state}.\n\nhttps://quickparcel.example/t/${number}\n`,
    at: anyTime(now, random.between(0, 1700), random),
    mailbox: random.chance(0.7) ? 'INBOX' : 'Archive',
  });
}

function weatherMessage(now: Date, random: Random): SeedMessage {
  const force = random.between(7, 11);
  return compose({
    from: machines.weather,
    subject: `Wind warning: force ${force}, ${random.pick(['from the west', 'from the north-west', 'turning south'])}`,
    text: `Valid from ${random.between(2, 11)}:00 until ${random.between(14, 23)}:00.\nGusts up to ${force * 11} km/h. High water ${random.between(1, 12)}:${random.between(10, 59)}.\nSecure what is loose.\n`,
    at: anyTime(now, random.between(1, 1750), random),
    mailbox: random.chance(0.6) ? 'INBOX' : 'Archive',
  });
}

function ticketMessage(now: Date, random: Random): SeedMessage {
  const to = random.pick(['Saltmarsh', 'Köln', 'Lisboa Oriente', 'Göteborg', 'Utrecht', 'Berlin Ostbahnhof', 'Lyon']);
  const reference = `CR-${random.between(100_000, 999_999)}`;
  return compose({
    from: machines.rail,
    subject: `Your ticket to ${to} (${reference})`,
    text: `Reference   ${reference}\nFrom        Quay Street\nTo          ${to}\nDeparture   ${random.between(6, 9)}:${random.between(10, 59)}, coach ${random.between(1, 12)}, seat ${random.between(11, 98)}\n\nShow this on your telephone. Bicycles need a ticket of their own.\n`,
    at: workingTime(now, random.between(2, 1700), random),
    mailbox: random.chance(0.35) ? 'INBOX' : 'Travel',
    flags: ['Travel'],
  });
}
