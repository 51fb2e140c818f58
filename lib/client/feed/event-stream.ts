/** No ping for this long means that the line is dead though nothing said so; the server pings every 15 s. Milliseconds. */
const silenceMs = 40_000;
const firstDelayMs = 500;
const longestDelayMs = 30_000;

export interface EventStreamOptions {
  /** Asked for at every attempt: the tokens move on. */
  address: () => string;
  onFrame: (token: string | null, data: string) => void;
  onOpen: () => void;
  onLost: () => void;
}

/**
 * An EventSource that notices a silent death, comes back with growing pauses and at once when the network or the person does,
 * and never by itself with an old address. The returned function ends it.
 */
export function openEventStream(options: EventStreamOptions): () => void {
  let source: EventSource | null = null;
  let failures = 0;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let silenceTimer: ReturnType<typeof setTimeout> | undefined;
  let lastHeard = Date.now();

  function open(): void {
    clearTimeout(retryTimer);
    source?.close();
    source = new EventSource(options.address());
    source.onopen = () => {
      failures = 0;
      heard();
      options.onOpen();
    };
    source.onmessage = ({ lastEventId, data }: MessageEvent<string>) => {
      heard();
      options.onFrame(lastEventId || null, data);
    };
    source.addEventListener('ping', heard);
    source.onerror = lose;
    heard();
  }

  function heard(): void {
    lastHeard = Date.now();
    clearTimeout(silenceTimer);
    silenceTimer = setTimeout(lose, silenceMs);
  }

  function lose(): void {
    source?.close();
    source = null;
    clearTimeout(silenceTimer);
    clearTimeout(retryTimer);
    options.onLost();
    const delay = Math.min(longestDelayMs, firstDelayMs * 2 ** failures);
    failures += 1;
    retryTimer = setTimeout(open, delay * (0.75 + Math.random() / 2));
  }

  /** Back from sleep or from being offline: the timers slept too, so ask the clock. */
  function wake(): void {
    if (document.visibilityState === 'hidden') return;
    if (source && Date.now() - lastHeard < silenceMs) return;
    failures = 0;
    open();
  }

  function onOnline(): void {
    failures = 0;
    open();
  }

  window.addEventListener('online', onOnline);
  window.addEventListener('offline', lose);
  window.addEventListener('pageshow', wake);
  document.addEventListener('visibilitychange', wake);
  open();
  return () => {
    clearTimeout(retryTimer);
    clearTimeout(silenceTimer);
    source?.close();
    window.removeEventListener('online', onOnline);
    window.removeEventListener('offline', lose);
    window.removeEventListener('pageshow', wake);
    document.removeEventListener('visibilitychange', wake);
  };
}
