import type { DraftAttachment, DraftContent } from '#lib/mail/draft.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import type { ComposerShape } from './composers.ts';

/** A draft as this browser keeps it: every word and file, also of what no server has yet. */
export interface KeptDraft {
  id: string;
  writer: string;
  content: DraftContent;
  /** Where the server has the version that this one grew from. */
  version: MessageRef | null;
  /** Whether the server has all of it. */
  isSaved: boolean;
  /** Files that are not on the server whole. */
  files: KeptFile[];
  /** Its window is open, or was when the browser ended. Null: closed by the person. */
  shape: ComposerShape | null;
  /** Milliseconds since the epoch. */
  keptAt: number;
}

export interface KeptFile {
  attachment: DraftAttachment;
  file: Blob;
}

/** Drafts nobody came back to are forgotten after this time; the server has them. Milliseconds. */
const keepForMs = 30 * 24 * 60 * 60 * 1000;

/** Where drafts are kept between keystroke and server. On a shared computer nowhere. */
export interface DraftKeeper {
  keep(draft: KeptDraft): Promise<void>;
  forget(id: string): Promise<void>;
  find(id: string): Promise<KeptDraft | null>;
  list(): Promise<KeptDraft[]>;
}

export const nowhere: DraftKeeper = {
  keep: async () => {},
  forget: async () => {},
  find: async () => null,
  list: async () => [],
};

/** Keeps drafts of one account in IndexedDB. A browser that refuses (private windows, full disks) loses only this second net. */
export function browserKeeper(account: string): DraftKeeper {
  const attempt = async <T>(fallback: T, mode: IDBTransactionMode, run: (store: IDBObjectStore) => IDBRequest<T>) => {
    try {
      const database = await openDatabase();
      return await new Promise<T>((resolve, reject) => {
        const transaction = database.transaction('drafts', mode);
        const request = run(transaction.objectStore('drafts'));
        transaction.oncomplete = () => resolve(request.result);
        transaction.onabort = () => reject(transaction.error);
      });
    } catch {
      return fallback;
    }
  };
  return {
    async keep(draft) {
      await attempt<IDBValidKey>('', 'readwrite', (store) => store.put({ account, ...draft }));
    },
    async forget(id) {
      await attempt<undefined>(undefined, 'readwrite', (store) => store.delete([account, id]));
    },
    async find(id) {
      const found = await attempt<unknown>(
        undefined,
        'readonly',
        (store) => store.get([account, id]) as IDBRequest<unknown>,
      );
      return (found as KeptDraft | undefined) ?? null; // Only `keep` writes here.
    },
    async list() {
      const mine = IDBKeyRange.bound([account], [account, []]);
      const all = (await attempt<unknown[]>(
        [],
        'readonly',
        (store) => store.getAll(mine) as IDBRequest<unknown[]>,
      )) as KeptDraft[]; // As above.
      const isFresh = ({ keptAt }: KeptDraft) => Date.now() - keptAt < keepForMs;
      for (const { id } of all.filter((draft) => !isFresh(draft))) void this.forget(id);
      return all.filter(isFresh);
    },
  };
}

let opening: Promise<IDBDatabase> | null = null;

function openDatabase(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('pipit-drafts', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('drafts', { keyPath: ['account', 'id'] });
    request.onsuccess = () => {
      request.result.onclose = () => (opening = null);
      request.result.onversionchange = () => {
        request.result.close();
        opening = null;
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  }).catch((error: unknown) => {
    opening = null;
    throw error;
  });
  return opening;
}
