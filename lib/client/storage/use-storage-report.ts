import { useCallback, useEffect, useRef, useState } from 'react';
import { isMailError, toMailErrorValue } from '#lib/errors.ts';
import type { MailErrorValue } from '#lib/errors.ts';
import type { StorageLine, StorageReport } from '#lib/mail/storage.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import { readLines } from '#lib/client/read-lines.ts';

interface Reading {
  /** What was told so far; of an earlier time where this time has not come to it yet. */
  report: Partial<StorageReport>;
  status: 'reading' | 'stopped' | 'done' | 'failed';
  error: MailErrorValue | null;
}

/** Reads what takes the space for as long as it is looked at. `stop` frees the mail server at once; what was read stays. */
export function useStorageReport() {
  const [reading, setReading] = useState<Reading>({ report: {}, status: 'reading', error: null });
  const { timeZone } = useFormat();
  const running = useRef<AbortController | null>(null);

  const stop = useCallback(() => {
    running.current?.abort();
    running.current = null;
  }, []);

  const read = useCallback(() => {
    stop();
    const controller = new AbortController();
    const { signal } = controller;
    running.current = controller;
    setReading(({ report }) => ({ report, status: 'reading', error: null }));
    const end = (status: Reading['status'], error: MailErrorValue | null = null) => {
      if (!signal.aborted) setReading(({ report }) => ({ report, status, error }));
    };
    const tell = (lines: StorageLine[]) => {
      if (signal.aborted) return;
      for (const line of lines) {
        if (line.type === 'report') setReading((now) => ({ ...now, report: { ...now.report, ...line.report } }));
        else end('failed', line.error);
      }
    };
    readLines('/api/storage', { timeZone }, tell, signal).then(
      () => setReading((now) => (signal.aborted || now.status !== 'reading' ? now : { ...now, status: 'done' })),
      (error: unknown) =>
        end('failed', isMailError(error) ? toMailErrorValue(error) : { code: 'unexpected', retryable: true }),
    );
  }, [stop, timeZone]);

  useEffect(() => {
    read();
    return stop;
  }, [read, stop]);

  return {
    ...reading,
    read,
    stop() {
      stop();
      setReading((now) => ({ ...now, status: 'stopped' }));
    },
  };
}
