/** What tabs of one browser tell each other. */
export type TabMessage =
  | { type: 'frame'; token: string | null; data: string }
  /** The stream was opened anew: what came in between must be asked for. */
  | { type: 'opened' }
  | { type: 'lost' }
  | { type: 'hello' }
  /** The account has a session again in this browser. */
  | { type: 'signed-in'; address: string };

export interface TabChannel {
  post(message: TabMessage): void;
  close(): void;
}

/**
 * A line to the other tabs of this browser: of one account, or for null to all there are. Without BroadcastChannel nobody listens.
 */
export function openTabChannel(onMessage: (message: TabMessage) => void, account: string | null): TabChannel {
  if (typeof BroadcastChannel === 'undefined') return { post: () => {}, close: () => {} };
  const channel = new BroadcastChannel(account === null ? 'pipit' : `pipit ${account}`);
  channel.onmessage = ({ data }: MessageEvent<TabMessage>) => onMessage(data);
  return { post: (message) => channel.postMessage(message), close: () => channel.close() };
}

/**
 * Runs `lead` in one tab of the account in this browser at a time, and in the next when that one closes (Web Locks).
 * Without locks every tab leads itself. The returned function gives the lead up.
 */
export function leadAmongTabs(account: string | null, lead: () => () => void): () => void {
  const leave = new AbortController();
  if (!navigator.locks) {
    const stop = lead();
    return stop;
  }
  navigator.locks
    .request(`pipit-feed ${account ?? ''}`, { signal: leave.signal }, () => {
      const stop = lead();
      return new Promise<void>((resolve) => {
        leave.signal.addEventListener('abort', () => {
          stop();
          resolve();
        });
      });
    })
    .catch(() => {}); // Left while waiting for the lock.
  return () => leave.abort();
}
