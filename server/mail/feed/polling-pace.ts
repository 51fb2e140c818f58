import 'server-only';
import type { Preferences } from '#lib/mail/preferences.ts';
import type { Attention } from '#lib/mail/attention.ts';
import { watchTiming } from '#server/imap/watch-timing.ts';

const minute = 60_000;
/** At least so much between two looks that nobody sees, or that somebody pays for by the megabyte. Milliseconds. */
const least: Readonly<Record<Attention, number>> = { seen: 0, saving: minute, unseen: 5 * minute };

/** How often to look for what the mail server does not push, in milliseconds; null: only when asked to. */
export function pollingPace(checkEvery: Preferences['checkEvery'], attention: Attention): number | null {
  if (checkEvery === null) return null;
  return Math.max(checkEvery === 0 ? watchTiming.pollMs : checkEvery * minute, least[attention]);
}
