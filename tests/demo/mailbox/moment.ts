import type { Random } from './random.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** Every date of the mailbox is told relative to now, so that it never looks old. */
export function minutesBefore(now: Date, minutes: number): Date {
  return new Date(now.getTime() - Math.round(minutes * 60) * 1000);
}

/** A believable working hour that many days ago (weekends move to the Friday before); never later than now. */
export function workingTime(now: Date, daysAgo: number, random: Random): Date {
  const date = new Date(now.getTime() - daysAgo * day);
  const weekday = date.getUTCDay();
  if (weekday === 0) date.setTime(date.getTime() - 2 * day);
  if (weekday === 6) date.setTime(date.getTime() - day);
  date.setUTCHours(random.between(6, 17), random.between(0, 59), random.between(0, 59), 0);
  return date.getTime() > now.getTime() ? minutesBefore(now, random.between(30, 300)) : date;
}

/** Any hour of that day, as machines and friends write. */
export function anyTime(now: Date, daysAgo: number, random: Random): Date {
  const date = new Date(now.getTime() - daysAgo * day);
  date.setUTCHours(random.between(0, 23), random.between(0, 59), random.between(0, 59), 0);
  return date.getTime() > now.getTime() ? minutesBefore(now, random.between(30, 300)) : date;
}

/** date-time of RFC 5322 section 3.3 in the writer's own zone (minutes east of UTC). */
export function headerDate(date: Date, zone: number): string {
  const local = new Date(date.getTime() + zone * minute);
  const [weekday, dayOfMonth, month, year, time] = local.toUTCString().replace(',', '').split(' ');
  const two = (value: number) => String(value).padStart(2, '0');
  const size = Math.abs(zone);
  const offset = `${zone < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
  return `${weekday}, ${Number(dayOfMonth)} ${month} ${year} ${time} ${offset}`;
}
