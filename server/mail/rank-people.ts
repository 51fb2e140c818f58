import 'server-only';
import type { Person } from '#lib/mail/person.ts';

export interface KnownPerson extends Person {
  received: number;
  /** Unix milliseconds of the last message either way; 0: unknown. */
  lastAt: number;
}

const day = 24 * 3600_000;
/** A message counts half of what it counted so many days before. */
const halfLife = 60;

/**
 * Those whose name or address fits, each word at the beginning of one of theirs, whatever case or accents; ranked by how often
 * they were written to, somewhat by how often they wrote, and by how lately. Without a query: the most likely of all.
 */
export function rankPeople(people: readonly KnownPerson[], query: string, most: number, now: number): Person[] {
  const words = fold(query)
    .split(/[\s,;<>"]+/)
    .filter(Boolean);
  return people
    .filter(({ name, address }) => {
      const own = [...fold(name ?? '').split(/[\s,."'()-]+/), ...wordsOf(fold(address))];
      return words.every((word) => own.some((candidate) => candidate.startsWith(word)));
    })
    .map((person) => ({ person, score: scoreOf(person, now) }))
    .sort((a, b) => b.score - a.score || a.person.address.localeCompare(b.person.address))
    .slice(0, most)
    .map(({ person: { name, address, written } }) => ({ name, address, written }));
}

function scoreOf({ written, received, lastAt }: KnownPerson, now: number): number {
  const age = Math.max(0, now - lastAt) / day;
  return (written * 3 + Math.min(received, 10)) * 2 ** (-age / halfLife);
}

/** "ann.lee@mail.example.org" begins like itself, like its parts, and like its domain. */
function wordsOf(address: string): string[] {
  const [local = '', domain = ''] = address.split('@');
  return [address, domain, ...local.split(/[._+-]/), ...domain.split('.')];
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
