export interface PauseTimer {
  touch(): void;
  /** In so many milliseconds, whatever was touched before. */
  after(ms: number): void;
  stop(): void;
}

/** Runs after a pause since the last touch, and at the latest a while after the first. Milliseconds. */
export function makePauseTimer(run: () => void, pause: number, latest: number): PauseTimer {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let first: number | null = null;
  const fire = () => {
    first = null;
    run();
  };
  return {
    touch() {
      const now = Date.now();
      first ??= now;
      clearTimeout(timer);
      timer = setTimeout(fire, Math.max(0, Math.min(pause, first + latest - now)));
    },
    after(ms) {
      clearTimeout(timer);
      timer = setTimeout(fire, ms);
    },
    stop() {
      clearTimeout(timer);
      first = null;
    },
  };
}
