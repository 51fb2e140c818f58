export interface CalendarEvent {
  uid: string;
  method: 'REQUEST' | 'CANCEL' | 'REPLY' | 'PUBLISH';
  summary: string;
  location: string;
  startsAt: Date;
  /** Minutes. */
  length: number;
  organizer: { name: string; address: string };
  attendees: { name: string; address: string; answer?: 'ACCEPTED' | 'DECLINED' | 'TENTATIVE' | 'NEEDS-ACTION' }[];
  sequence?: number;
  rule?: string;
  madeAt: Date;
}

/** An iCalendar object (RFC 5545) as an invitation carries it (iTIP, RFC 5546). */
export function calendarFile(event: CalendarEvent): string {
  const { uid, method, summary, location, startsAt, length, organizer, attendees, sequence = 0, rule, madeAt } = event;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Tidewater Works//Diary//EN',
    `METHOD:${method}`,
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${stamp(madeAt)}`,
    `DTSTART:${stamp(startsAt)}`,
    `DTEND:${stamp(new Date(startsAt.getTime() + length * 60_000))}`,
    `SUMMARY:${escaped(summary)}`,
    `LOCATION:${escaped(location)}`,
    `SEQUENCE:${sequence}`,
    `STATUS:${method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED'}`,
    ...(rule ? [`RRULE:${rule}`] : []),
    `ORGANIZER;CN="${organizer.name}":mailto:${organizer.address}`,
    ...attendees.map(
      ({ name, address, answer = 'NEEDS-ACTION' }) => `ATTENDEE;CN="${name}";PARTSTAT=${answer};RSVP=TRUE:mailto:${address}`,
    ),
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

/** A vCard 4.0 (RFC 6350). */
export function contactFile(name: string, address: string, organisation: string, telephone: string): string {
  return ['BEGIN:VCARD', 'VERSION:4.0', `FN:${escaped(name)}`, `EMAIL:${address}`, `ORG:${escaped(organisation)}`, `TEL:${telephone}`, 'END:VCARD', ''].join('\r\n');
}

function stamp(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d+/g, '');
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\n/g, '\\n');
}

/** No line over 75 octets (RFC 5545 section 3.1). */
function folded(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  for (const character of line) {
    if (Buffer.byteLength(piece + character) > 73) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece].join('\r\n ');
}
