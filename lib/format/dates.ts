export interface DateContext {
  locale: string;
  /** IANA name, such as "Europe/Berlin". */
  timeZone: string;
  /** Milliseconds since the epoch. */
  now: number;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * A date that is read at a glance: the time today, the weekday within the week, day and month this year, else with the year. Dates ahead
 * of the clock (wrong clocks, spam) are written whole.
 */
export function formatListDate(iso: string, { locale, timeZone, now }: DateContext): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return '';
  const days = dayNumber(now, timeZone) - dayNumber(date.getTime(), timeZone);
  if (days === 0) return format(locale, timeZone, hourAndMinute(locale), date);
  if (days > 0 && days < 7) return format(locale, timeZone, { weekday: 'short' }, date);
  const isThisYear = year(date.getTime(), timeZone) === year(now, timeZone);
  if (days > 0 && isThisYear) return format(locale, timeZone, { day: 'numeric', month: 'short' }, date);
  return format(locale, timeZone, { day: '2-digit', month: '2-digit', year: '2-digit' }, date);
}

/** The whole date, for the opened message, tooltips and screen readers. */
export function formatFullDate(iso: string, { locale, timeZone }: DateContext): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return '';
  return format(
    locale,
    timeZone,
    { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', ...hourAndMinute(locale) },
    date,
  );
}

/** A day and no hour. */
export function formatDay(iso: string, { locale, timeZone }: DateContext): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return '';
  return format(locale, timeZone, { day: 'numeric', month: 'long', year: 'numeric' }, date);
}

/** A time to come, at a glance: the hour, with the weekday within the week, else with the day, and the year where it is another. */
export function formatComing(iso: string, { locale, timeZone, now }: DateContext): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return '';
  const days = dayNumber(date.getTime(), timeZone) - dayNumber(now, timeZone);
  const time = hourAndMinute(locale);
  if (days === 0) return format(locale, timeZone, time, date);
  if (days > 0 && days < 7) return format(locale, timeZone, { weekday: 'short', ...time }, date);
  const isThisYear = year(date.getTime(), timeZone) === year(now, timeZone);
  const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', ...time };
  return format(locale, timeZone, isThisYear ? day : { ...day, year: 'numeric' }, date);
}

/** Hour and minute. */
export function formatTime(iso: string, { locale, timeZone }: DateContext): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? '' : format(locale, timeZone, hourAndMinute(locale), date);
}

/** 9:05 AM, but 09:05: whoever counts to twelve writes no zero before it. */
function hourAndMinute(locale: string): Intl.DateTimeFormatOptions {
  let isTwelve = twelveHours.get(locale);
  if (isTwelve === undefined) {
    isTwelve = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions().hour12 ?? false;
    twelveHours.set(locale, isTwelve);
  }
  return { hour: isTwelve ? 'numeric' : '2-digit', minute: '2-digit' };
}

const twelveHours = new Map<string, boolean>();

/** Formatters are slow to make and few: one per kind, language and zone. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function format(locale: string, timeZone: string, options: Intl.DateTimeFormatOptions, date: Date): string {
  const key = `${locale} ${timeZone} ${JSON.stringify(options)}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(locale, { ...options, timeZone });
    formatters.set(key, formatter);
  }
  return formatter.format(date);
}

/** Days since the epoch in the person's zone. */
function dayNumber(time: number, timeZone: string): number {
  return Math.floor(
    Date.parse(`${format('sv-SE', timeZone, { dateStyle: 'short' }, new Date(time))}T00:00:00Z`) / dayMs,
  );
}

function year(time: number, timeZone: string): string {
  return format('sv-SE', timeZone, { year: 'numeric' }, new Date(time));
}
