import type { BulkChange, BulkUndo } from '../../mail/task.ts';

/** What was asked for and the server has not heard of yet, as far as anyone here knows. */
export type UnsentBulk = BulkChange | BulkUndo;

/**
 * Where acts on many messages outlive a page until the server has them. Pages of a browser share it: who finds one that another
 * sends as well sends it too, and by its id it is begun once.
 */
export interface BulkStorage {
  load(): UnsentBulk[];
  save(unsent: readonly UnsentBulk[]): void;
}

export const noBulkStorage: BulkStorage = { load: () => [], save() {} };

/** `key`: where in the browser's lasting store. */
export function bulkStorageAt(key: string): BulkStorage {
  return {
    load() {
      try {
        return JSON.parse(localStorage.getItem(key) ?? '[]') as UnsentBulk[]; // Only this file writes it; the server checks whatever is sent.
      } catch {
        return [];
      }
    },
    save(unsent) {
      try {
        if (unsent.length > 0) localStorage.setItem(key, JSON.stringify(unsent));
        else localStorage.removeItem(key);
      } catch {
        // A full or forbidden store keeps nobody from acting: it is still in memory.
      }
    },
  };
}
