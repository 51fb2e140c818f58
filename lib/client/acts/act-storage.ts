import { bulkStorageAt, noBulkStorage } from '#lib/client/bulk/bulk-storage.ts';
import type { BulkStorage } from '#lib/client/bulk/bulk-storage.ts';
import { isMailChange } from '#lib/mail/is-mail-change.ts';
import { noActs } from './act-state.ts';
import { acts } from './act-store.ts';
import type { ActState, LogEntry, QueuedAct } from './act-state.ts';

/**
 * Where acts outlive a page: what waits to be sent in the browser's lasting store, a queue for each tab; what can be taken back in
 * the tab's own. On a public computer neither is written.
 */
export interface ActStorage {
  /** What this page can take back from the start on: what the tab did before. */
  log(): readonly LogEntry[];
  /** What this page has to send: the tab's own acts, and those of tabs that were closed before they were sent. */
  load(): Promise<readonly QueuedAct[]>;
  save(state: ActState): void;
  bulks: BulkStorage;
}

const prefix = 'pipit-acts';
const maxLogMessages = 10_000;

export const noStorage: ActStorage = { log: () => [], load: async () => [], save() {}, bulks: noBulkStorage };

const storages = new Map<string, ActStorage>();

/** One for each account and page: acts are loaded once. */
export function actStorageOf(account: string): ActStorage {
  const storage = storages.get(account) ?? makeActStorage(account);
  storages.set(account, storage);
  return storage;
}

function makeActStorage(account: string): ActStorage {
  const own = `${prefix} ${account} `;
  const logKey = `${prefix}-log ${account}`;
  let queueKey: string | null = null;
  let isWritten = false;
  let isLogRead = false;

  return {
    log() {
      if (isLogRead) return []; // It is in memory.
      isLogRead = true;
      return read<LogEntry[]>(sessionStorage, logKey, []);
    },
    async load() {
      if (queueKey !== null) return []; // They are in memory.
      const items: QueuedAct[] = [];
      for (const key of Object.keys(localStorage)
        .filter((name) => name.startsWith(own))
        .sort()) {
        if (!(await holdAlone(key))) continue; // Another tab's, which sends it itself.
        items.push(...read<QueuedAct[]>(localStorage, key, []));
        if (queueKey === null) queueKey = key;
        else localStorage.removeItem(key);
      }
      if (queueKey === null) {
        // Named by the time, so that older tabs' acts are sent first.
        queueKey = `${own}${Date.now()} ${crypto.randomUUID()}`;
        await holdAlone(queueKey);
      }
      isWritten = items.length > 0;
      return items;
    },
    save({ items, log }) {
      if (queueKey === null) return;
      if (items.length > 0) write(localStorage, queueKey, items);
      else if (isWritten) localStorage.removeItem(queueKey);
      isWritten = items.length > 0;
      write(sessionStorage, logKey, bounded(log));
    },
    bulks: bulkStorageAt(`${prefix}-bulk ${account}`),
  };
}

/** Forgets what waits and what could be taken back, for whoever comes next. */
export function forgetActs(): void {
  acts.set(noActs);
  for (const storage of [localStorage, sessionStorage]) {
    for (const key of Object.keys(storage)) if (key.startsWith(prefix)) storage.removeItem(key);
  }
}

/** Takes a queue for as long as the page lives; false when another page has it. Without Web Locks nobody else is known of. */
async function holdAlone(key: string): Promise<boolean> {
  if (!navigator.locks) return true;
  return new Promise((resolve) => {
    void navigator.locks.request(key, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise(() => {}); // Released when the page goes.
    });
  });
}

/** The newest entries, as long as they are not too many messages together. */
function bounded(log: readonly LogEntry[]): LogEntry[] {
  let messages = 0;
  return log
    .toReversed()
    .filter(({ back }) => {
      messages += back?.reduce((sum, change) => sum + (isMailChange(change) ? change.messages.length : 0), 0) ?? 0;
      return messages <= maxLogMessages;
    })
    .toReversed();
}

function read<T>(storage: Storage, key: string, otherwise: T): T {
  try {
    const text = storage.getItem(key);
    return text ? (JSON.parse(text) as T) : otherwise; // Only this file writes it; the server checks whatever is sent.
  } catch {
    return otherwise;
  }
}

/** A full or forbidden store keeps nobody from acting: what is not kept is still in memory. */
function write(storage: Storage, key: string, value: unknown): void {
  try {
    storage.setItem(key, JSON.stringify(value));
  } catch {
    storage.removeItem(key);
  }
}
