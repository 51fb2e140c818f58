/** A time to come back at that people often mean. `at` is ISO 8601. */
export interface SnoozeChoice {
  id: 'later-today' | 'tomorrow' | 'weekend' | 'next-week';
  at: string;
}

const morning = 8;
const saturday = 6;

/** Sensible moments after `now`, in the clock of the person's computer; none names a day twice. */
export function snoozeChoices(now: Date): SnoozeChoice[] {
  const day = (days: number, hour: number) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour).toISOString();
  const toSaturday = (saturday - now.getDay() + 7) % 7;
  const toMonday = (8 - now.getDay()) % 7 || 7;
  return [
    ...(now.getHours() < 15 ? [{ id: 'later-today' as const, at: day(0, Math.max(now.getHours() + 3, 18)) }] : []),
    { id: 'tomorrow', at: day(1, morning) },
    ...(toSaturday > 1 && now.getDay() !== 0 ? [{ id: 'weekend' as const, at: day(toSaturday, morning) }] : []),
    ...(toMonday > 1 ? [{ id: 'next-week' as const, at: day(toMonday, morning) }] : []),
  ];
}
