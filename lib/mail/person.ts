import type { Address } from './address.ts';

/** Somebody written to or received from, for completion: `POST /api/people {q}` answers `{people: Person[]}`, best first, at most 10. */
export interface Person extends Address {
  /** Times written to, as far as was looked. */
  written: number;
}
