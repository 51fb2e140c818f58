export interface Person {
  name: string;
  address: string;
  /** Minutes east of UTC. */
  zone: number;
  /** What stands under every message of theirs, after "-- ". */
  signature?: string[];
  /** How they sign off, before the signature. */
  closing?: string;
}

const firm = 'Tidewater Works · small bridges, piers and harbour furniture';

/** The mailbox's owner. */
export const ann: Person = {
  name: 'Ann Lee',
  address: 'ann@example.test',
  zone: 60,
  closing: 'Ann',
  signature: ['Ann Lee, design lead', firm, 'Quay Street 11 · +44 20 7946 0118'],
};

/** Everyone who writes more than once; the same people come back through five years. */
export const people = {
  tomas: { name: 'Tomás Ferreira', address: 'tomas@example.test', zone: 0, closing: 'T.', signature: ['Tomás Ferreira, structures', firm] },
  mei: { name: 'Mei Tanaka', address: 'mei@example.test', zone: 60, closing: 'Mei' },
  priya: { name: 'Priya Raman', address: 'priya@example.test', zone: 60, closing: 'Best, Priya', signature: ['Priya Raman, projects', firm] },
  olu: { name: 'Olu Adeyemi', address: 'olu@example.test', zone: 60, closing: 'Olu', signature: ['Olu Adeyemi · workshop · ext. 14'] },
  jonas: { name: 'Jonas Weber', address: 'jonas@example.test', zone: 60, closing: 'Gruß, Jonas' },
  daniel: { name: 'Daniel Okafor', address: 'd.okafor@saltmarsh.example', zone: 0, closing: 'Kind regards,\nDaniel', signature: ['Daniel Okafor', 'Highways and Structures, Saltmarsh Council'] },
  ingrid: { name: 'Ingrid Solberg', address: 'ingrid.solberg@harbourboard.example', zone: 60, closing: 'Hilsen, Ingrid', signature: ['Harbour Board · Technical department'] },
  katrin: { name: 'Katrin Müller', address: 'k.mueller@rheinufer.example', zone: 60, closing: 'Viele Grüße\nKatrin Müller', signature: ['Museum am Rheinufer', 'Bau und Technik'] },
  kenichi: { name: '山田 健一', address: 'yamada@kobeferry.example', zone: 540, closing: '山田', signature: ['神戸汽船 施設部', '山田 健一'] },
  marta: { name: 'Marta Nunes', address: 'marta.nunes@alfama.example', zone: 0, closing: 'Um abraço,\nMarta' },
  helen: { name: 'Helen Price', address: 'head@orchardschool.example', zone: 0, closing: 'Helen', signature: ['Orchard Primary School'] },
  iain: { name: 'Iain MacLeod', address: 'iain@lighthousetrail.example', zone: 0, closing: 'Iain' },
  sanne: { name: 'Sanne de Vries', address: 'sanne@kanaal.example', zone: 60, closing: 'Groetjes, Sanne' },
  ruiz: { name: 'Dra. Elena Ruiz', address: 'eruiz@observatorio.example', zone: 60, closing: 'Un saludo,\nElena Ruiz' },
  astrid: { name: 'Astrid Holm', address: 'astrid.holm@fjordline.example', zone: 60, closing: 'Mvh Astrid' },
  claire: { name: 'Claire Fontaine', address: 'claire@jardindhiver.example', zone: 60, closing: 'Bien à vous,\nClaire' },
  lukas: { name: 'Lukas Brandt', address: 'brandt@ostbahnhof.example', zone: 60, closing: 'MfG L. Brandt' },
  henrik: { name: 'Henrik Åkesson', address: 'henrik@nordsteel.example', zone: 60, closing: 'Henrik', signature: ['NORDSTEEL AB · orders@nordsteel.example'] },
  gwen: { name: 'Gwen Hughes', address: 'gwen@larchandsons.example', zone: 0, closing: 'Gwen', signature: ['Larch & Sons, sawmill since 1911'] },
  paul: { name: 'Paul Denholm', address: 'paul@denholm-accounts.example', zone: 0, closing: 'Regards, Paul', signature: ['Denholm Accounts', 'This e-mail and any files are meant for the addressee only.'] },
  ruth: { name: 'Ruth Lee', address: 'ruth.lee@post.example', zone: -300, closing: 'xx R' },
  ben: { name: 'Ben Carter', address: 'ben@carter.example', zone: 0, closing: 'B' },
  dad: { name: 'Dad', address: 'w.lee@post.example', zone: 480, closing: 'Love, Dad' },
  noor: { name: 'Noor Haddad', address: 'noor@rowingclub.example', zone: 60, closing: 'Noor' },
  viktor: { name: 'Viktor Lindén', address: 'viktor@quaystreet.example', zone: 60, closing: 'Viktor (landlord)' },
} as const satisfies Record<string, Person>;

export type PersonKey = keyof typeof people | 'ann';

export function person(key: PersonKey): Person {
  return key === 'ann' ? ann : people[key];
}

/** A mailbox of RFC 5322 section 3.4; quoted where the name holds specials. */
export function addressOf({ name, address }: Pick<Person, 'name' | 'address'>): string {
  const plain = /^[^()<>[\]:;@\\,."]*$/.test(name);
  return `${plain ? name : `"${name.replace(/(["\\])/g, '\\$1')}"`} <${address}>`;
}
