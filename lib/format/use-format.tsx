'use client';

import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { DateContext } from './dates.ts';

const Format = createContext<DateContext>({ locale: 'en', timeZone: 'UTC', now: 0 });

/** Language, zone and clock that dates and numbers are written by. */
export function useFormat(): DateContext {
  return useContext(Format);
}

const minuteMs = 60_000;
const yearSeconds = 31_536_000;

/**
 * The server writes dates in the zone the browser told it in a cookie, and by its own clock; then the browser takes over. Without the
 * cookie (the first visit) the zone changes once, right after the first paint; later pages are right from their first HTML.
 */
export function FormatProvider({
  initial,
  isLasting,
  children,
}: {
  initial: DateContext;
  /** Whether the browser may remember the zone beyond this session. */
  isLasting: boolean;
  children: ReactNode;
}) {
  const [context, setContext] = useState(initial);
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const secure = window.location.protocol === 'https:' ? '; Secure' : '';
    document.cookie = `pipit-tz=${encodeURIComponent(timeZone)}; Path=/; SameSite=Lax${isLasting ? `; Max-Age=${yearSeconds}` : ''}${secure}`;
    const update = () => setContext({ locale: initial.locale, timeZone, now: Date.now() });
    if (timeZone !== initial.timeZone) update();
    const clock = setInterval(update, minuteMs);
    return () => clearInterval(clock);
  }, [initial, isLasting]);
  const value = useMemo(() => context, [context]);
  return <Format value={value}>{children}</Format>;
}
