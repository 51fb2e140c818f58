/** A time to send at that people often mean. `at` is ISO 8601. */
export interface ScheduleChoice {
  id: 'later-today' | 'tomorrow-morning' | 'tomorrow-afternoon' | 'monday-morning';
  at: string;
}

const morning = 8;
const afternoon = 14;

/** Sensible moments after `now`, in the clock of the person's computer. */
export function scheduleChoices(now: Date): ScheduleChoice[] {
  const day = (days: number, hour: number) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour).toISOString();
  const toMonday = (8 - now.getDay()) % 7 || 7;
  return [
    ...(now.getHours() < 15 ? [{ id: 'later-today' as const, at: day(0, Math.max(now.getHours() + 3, 18)) }] : []),
    { id: 'tomorrow-morning', at: day(1, morning) },
    { id: 'tomorrow-afternoon', at: day(1, afternoon) },
    // On Sunday tomorrow morning is Monday morning.
    ...(toMonday > 1 ? [{ id: 'monday-morning' as const, at: day(toMonday, morning) }] : []),
  ];
}
