const dayMs = 24 * 3600_000;

/**
 * When a day ("2026-11-25") begins where the person is, in milliseconds since 1970. Where the clock is put forward at midnight, its first
 * moment; a zone nobody knows is UTC.
 */
export function dayStart(day: string, timeZone: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`);
  const clock = clockOf(timeZone);
  // The offset before and after any change of the clocks on that day.
  const starts = [utc - dayMs, utc + dayMs].map((near) => utc - offsetAt(near, clock)).sort((a, b) => a - b);
  return starts.find((start) => start + offsetAt(start, clock) >= utc) ?? utc;
}

/** The year it was where the person is. */
export function yearAt(time: number, timeZone: string): number {
  return new Date(time + offsetAt(time, clockOf(timeZone))).getUTCFullYear();
}

function offsetAt(time: number, clock: Intl.DateTimeFormat): number {
  const parts = Object.fromEntries(clock.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(time / 1000) * 1000;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const options = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
  const make = (zone: string) =>
    new Intl.DateTimeFormat('en', {
      ...options,
      second: 'numeric',
      hourCycle: 'h23',
      calendar: 'gregory',
      timeZone: zone,
    });
  let clock: Intl.DateTimeFormat;
  try {
    clock = make(timeZone);
  } catch {
    clock = make('UTC');
  }
  if (clocks.size > 100) clocks.clear(); // Names come from outside.
  clocks.set(timeZone, clock);
  return clock;
}
