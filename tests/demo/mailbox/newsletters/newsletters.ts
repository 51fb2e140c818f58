import { compose } from '../compose.ts';
import { anyTime } from '../moment.ts';
import { photo } from '../attachments/picture.ts';
import type { Random } from '../random.ts';
import type { SeedMessage } from '../seed-message.ts';
import { articles, goods } from './articles.ts';
import { letterDesign, modernDesign, nightDesign, plainDesign, shopDesign } from './designs.ts';
import type { Edition } from './designs.ts';

interface Publication {
  name: string;
  address: string;
  /** Days between two editions, and for how many days it has come. */
  every: number;
  since: number;
  design: (edition: Edition) => string;
  pictures: 'attached' | 'remote' | 'none';
  mailbox: string;
  subject: (edition: Edition) => string;
}

const lead = ({ articles: [first] }: Edition) => first?.headline ?? 'News';

const publications: Publication[] = [
  { name: 'The Grain', address: 'letter@thegrain.example', every: 30, since: 1800, design: letterDesign, pictures: 'attached', mailbox: 'INBOX', subject: (edition) => `${lead(edition)}, and more` },
  { name: 'Lumen', address: 'night@lumen.example', every: 45, since: 1300, design: nightDesign, pictures: 'attached', mailbox: 'Reading/Light', subject: (edition) => `Lumen ${edition.number}: ${lead(edition).toLowerCase()}` },
  { name: 'Slow Harbour', address: 'hello@slowharbour.example', every: 21, since: 1500, design: modernDesign, pictures: 'remote', mailbox: 'INBOX', subject: lead },
  { name: 'Desk & Bench Supplies', address: 'shop@deskandbench.example', every: 17, since: 1100, design: shopDesign, pictures: 'remote', mailbox: 'INBOX', subject: (edition) => `New: ${edition.goods[0]?.name ?? 'things'} 🛠️` },
  { name: 'Bridges Weekly', address: 'bridges@list.example', every: 14, since: 1820, design: plainDesign, pictures: 'none', mailbox: 'Reading/Bridges', subject: (edition) => `[bridges] no. ${edition.number}: ${lead(edition)}` },
];

/** Newsletters of several looks over the years. */
export function newsletters(now: Date, random: Random): SeedMessage[] {
  return publications.flatMap((publication) => {
    const count = Math.floor(publication.since / publication.every);
    return Array.from({ length: count }, (_, index) => {
      const at = anyTime(now, publication.since - index * publication.every - random.between(0, 2), random);
      return issue(publication, index + 1, at, random);
    });
  });
}

function issue({ name, address, design, pictures, mailbox, subject }: Publication, number: number, at: Date, random: Random): SeedMessage {
  const host = address.split('@')[1] ?? 'example.test';
  const home = `https://www.${host}`;
  const seeds = [1, 2, 3].map(() => random.between(1, 6));
  const edition: Edition = {
    publication: name,
    number,
    date: at.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }),
    articles: random.shuffle(articles).slice(0, 3),
    goods: random.shuffle(goods).slice(0, 4),
    picture: (index) => (pictures === 'attached' ? `cid:picture${index}@${host}` : `https://pictures.${host}/${number}/${index}.jpg`),
    home,
  };
  const content = design(edition);
  const used = seeds.filter((_, index) => content.includes(`cid:picture${index}@`));
  return compose({
    from: { name, address, zone: 60 },
    subject: subject(edition),
    ...(design === plainDesign ? { text: content } : { html: content, text: plainDesign(edition) }),
    inline: used.map((seed, index) => ({ name: `picture${index}.jpg`, mediaType: 'image/jpeg', content: photo(seed, 600, 300), contentId: `picture${index}@${host}` })),
    headers: {
      'List-Id': `${name.replace('&', 'and')} <list.${host}>`,
      'List-Unsubscribe': `<https://www.${host}/leave?u=8812>, <mailto:leave@${host}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      Precedence: 'bulk',
    },
    at,
    mailbox: random.chance(0.6) ? mailbox : mailbox === 'INBOX' ? 'Archive' : mailbox,
    flags: ['Newsletter'],
  });
}
