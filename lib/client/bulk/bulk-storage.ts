import type { Relabelling } from '#lib/mail/relabelling.ts';
import type { BulkChange, BulkUndo } from '#lib/mail/task.ts';
import type { LabelTurn } from '#lib/client/acts/act-state.ts';

/** A label's new name or its removal, with what is said of it and remembered once it has begun; null where that was done already. */
export interface LabelWish extends Relabelling {
  told: { name: string; to: string | null; labels: LabelTurn } | null;
}

/** What was asked for and the server has not heard of yet, as far as anyone here knows. */
export type UnsentBulk = BulkChange | BulkUndo | LabelWish;

/**
 * Where acts on many messages outlive a page until the server has them. Pages of a browser share it: who finds one that another
 * sends as well sends it too, and by its id it is begun once.
 */
export interface BulkStorage {
  /** In the order in which they were asked for. */
  load(): UnsentBulk[];
  add(bulk: UnsentBulk): void;
  remove(id: string): void;
}

export const noBulkStorage: BulkStorage = { load: () => [], add() {}, remove() {} };

/** `key`: where in the browser's lasting store. */
export function bulkStorageAt(key: string): BulkStorage {
  // Read each time: other pages write there as well.
  function load(): UnsentBulk[] {
    try {
      return JSON.parse(localStorage.getItem(key) ?? '[]') as UnsentBulk[]; // Only this file writes it; the server checks whatever is sent.
    } catch {
      return [];
    }
  }
  function save(unsent: readonly UnsentBulk[]): void {
    try {
      if (unsent.length > 0) localStorage.setItem(key, JSON.stringify(unsent));
      else localStorage.removeItem(key);
    } catch {
      // A full or forbidden store keeps nobody from acting: it is still in memory.
    }
  }
  const without = (id: string) => load().filter((one) => one.id !== id);
  return { load, add: (bulk) => save([...without(bulk.id), bulk]), remove: (id) => save(without(id)) };
}
