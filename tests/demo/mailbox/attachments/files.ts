import type { AttachmentPart } from '#tests/support/mail-server/a-message.ts';
import type { Random } from '../random.ts';
import { contactFile } from './calendar-file.ts';
import { docx, xlsx } from './office-files.ts';
import { pdf } from './pdf.ts';
import { photo, picture } from './picture.ts';
import { zip } from './zip.ts';

/** How many different photos there are; each takes a moment to draw. */
const photos = 9;

/** A file that a colleague or client would attach, named after what it is about. */
export function anyFile(about: string, random: Random): AttachmentPart {
  const name = about.replace(/[/:]/g, '').slice(0, 40).trim();
  const kind = random.pick(['drawing', 'drawing', 'photo', 'photo', 'photo', 'list', 'note', 'archive', 'table', 'plain', 'contact', 'picture']);
  if (kind === 'drawing') return drawing(name, random);
  if (kind === 'photo') return photoFile(`IMG_${random.between(1200, 9800)}.jpg`, random);
  if (kind === 'list') return sheet(name, random);
  if (kind === 'note') return note(name);
  if (kind === 'archive') return archive(name, random);
  if (kind === 'table') return table(name, random);
  if (kind === 'contact') return contact(random);
  if (kind === 'picture') return { name: `${name} view.png`, mediaType: 'image/png', content: picture(random.between(1, 4), 420, 280) };
  return { name: `${name}.txt`, mediaType: 'text/plain', content: Buffer.from(`${about}\n\nMeasured on site, all in millimetres.\n${numbers(random, 12)}\n`) };
}

export function drawing(name: string, random: Random): AttachmentPart {
  const pages = Array.from({ length: random.between(1, 4) }, (_, index) => ({
    heading: index === 0 ? name : `${name}, sheet ${index + 1}`,
    lines: ['Scale 1:20, all measures in millimetres.', `Span ${random.between(3, 24)} 400, width 2 100, rail height 1 100.`, 'Check on site before cutting.'],
    strokes: truss(random),
  }));
  return { name: `${name}.pdf`, mediaType: 'application/pdf', content: pdf(name, pages) };
}

/** An elevation of a truss bridge. */
function truss(random: Random): [number, number, number, number][] {
  const bays = random.between(6, 14);
  const step = 475 / bays;
  const [low, high] = [360, 360 + random.between(40, 110)];
  const at = (index: number) => 60 + index * step;
  const bay = (index: number): [number, number, number, number][] => [
    [at(index), low, at(index), high],
    [at(index), index % 2 === 0 ? low : high, at(index + 1), index % 2 === 0 ? high : low],
  ];
  return [[60, low, 535, low], [60, high, 535, high], [535, low, 535, high], ...Array.from({ length: bays }, (_, index) => bay(index)).flat()];
}

function photoFile(name: string, random: Random): AttachmentPart {
  return { name, mediaType: 'image/jpeg', content: photo(random.between(1, photos), 720, 480) };
}

function sheet(name: string, random: Random): AttachmentPart {
  const rows = Array.from({ length: random.between(6, 40) }, (_, index) => [index + 1, random.pick(['post', 'plate', 'bolt M12', 'board', 'bracket']), random.between(2, 60), random.between(4, 900)]);
  return {
    name: `${name}.xlsx`,
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    content: xlsx('Parts', [['No', 'Part', 'Pieces', 'Price'], ...rows]),
  };
}

function note(name: string): AttachmentPart {
  return {
    name: `${name}.docx`,
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    content: docx([name, 'Notes from our walk on site.', 'The rail is to be reachable from both sides; the bench keeps its back to the wind.', 'Open: who cleans the drain.']),
  };
}

function archive(name: string, random: Random): AttachmentPart {
  const content = zip([
    { name: 'read me.txt', content: 'Everything as of today. The newest drawing is the one without a number.\n' },
    { name: `${name}.csv`, content: numbers(random, 200) },
    { name: 'drawings/plan.pdf', content: drawing(name, random).content },
  ]);
  return { name: `${name}.zip`, mediaType: 'application/zip', content };
}

function table(name: string, random: Random): AttachmentPart {
  return { name: `${name}.csv`, mediaType: 'text/csv', content: Buffer.from(`point;east;north;height\n${numbers(random, 60)}`) };
}

function contact(random: Random): AttachmentPart {
  const person = random.pick(['Bo Lindqvist', 'Anaïs Moreau', 'Grzegorz Zieliński', 'Fatma Yıldız']);
  const address = `${person.split(' ')[0]?.normalize('NFD').replace(/[^a-zA-Z]/g, '').toLowerCase()}@works.example`;
  return { name: `${person}.vcf`, mediaType: 'text/vcard', content: Buffer.from(contactFile(person, address, 'Works & Co', '+44 20 7946 0199')) };
}

function numbers(random: Random, lines: number): string {
  return Array.from({ length: lines }, (_, index) => `${index + 1};${random.between(100, 99_999)};${random.between(100, 99_999)};${random.between(0, 900)}`).join('\n');
}
