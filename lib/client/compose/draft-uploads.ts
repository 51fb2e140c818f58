import { fromMailErrorValue, isMailError, toMailErrorValue } from '#lib/errors.ts';
import type { MailErrorValue } from '#lib/errors.ts';
import type { DraftAttachment } from '#lib/mail/draft.ts';
import { accountHeaders } from '#lib/client/fetch-json.ts';
import { isSessionOver, sessionOver } from '#lib/client/session/session-over.ts';
import { uploadFile } from './file-upload.ts';
import type { KeptFile } from './kept-drafts.ts';

/** A file that the server does not have whole. */
export interface FileOnItsWay {
  attachment: DraftAttachment;
  /** Octets that arrived. */
  sent: number;
  /** Why it stopped; null while it goes or waits for its turn. */
  error: MailErrorValue | null;
}

export interface Uploads {
  /** Begins to send a file; answers the attachment it will be. `contentId` names a picture in the text. */
  add(file: File, contentId: string | null): DraftAttachment;
  retry(id: string): void;
  /** Resolves when every file is on the server; rejects with the first error of one that is not. */
  arrived(): Promise<void>;
  /** The server lost what no draft holds yet, with its session or its disk: sent once more. False when there is nothing to send. */
  sendAgain(): boolean;
  /** A saved draft holds these now. */
  forget(ids: readonly string[]): void;
  cancel(id: string): void;
  cancelAll(): void;
  /** Leaves what arrived on the server, so that it can go on later. */
  stop(): void;
  /** What no saved draft holds. */
  kept(): KeptFile[];
}

/** Files sent at the same time. */
const atOnce = 2;

/** Sends files one after the other. `known` are those of a draft that was interrupted; of these the server had `there` whole. */
export function makeUploads(
  known: readonly KeptFile[],
  there: ReadonlySet<string>,
  on: {
    onChange: (files: readonly FileOnItsWay[]) => void;
    /** `later`: those that were chosen after it, some of which may have overtaken it. */
    onDone: (attachment: DraftAttachment, later: ReadonlySet<string>) => void;
    /** They are no longer on the server, and on their way again. */
    onLost: (ids: ReadonlySet<string>) => void;
    onAdded: () => void;
  },
): Uploads {
  const isThere = ({ attachment }: KeptFile) => there.has(attachment.id);
  /** On the server whole, but in no draft yet: an upload goes with the session that made it. */
  let done: readonly KeptFile[] = known.filter(isThere);
  const watchers = new Set<() => void>();
  /** In the order they were chosen. */
  const chosen: string[] = known.map(({ attachment }) => attachment.id);
  let files: (FileOnItsWay & { file: Blob; going: AbortController | null })[] = [];
  const tell = () => {
    on.onChange(files.map(({ attachment, sent, error }) => ({ attachment, sent, error })));
    for (const watcher of watchers) watcher();
  };
  const update = (id: string, changed: Partial<FileOnItsWay & { going: AbortController | null }>) => {
    files = files.map((one) => (one.attachment.id === id ? { ...one, ...changed } : one));
    tell();
  };
  const remove = (id: string) => {
    files = files.filter(({ attachment }) => attachment.id !== id);
    tell();
  };

  function next(): void {
    const going = files.filter((one) => one.going !== null).length;
    const waiting = files.find((one) => one.going === null && one.error === null);
    if (waiting && going < atOnce) void start(waiting.attachment, waiting.file);
  }

  async function start(attachment: DraftAttachment, file: Blob): Promise<void> {
    const { id } = attachment;
    const going = new AbortController();
    update(id, { going, error: null });
    try {
      await uploadFile(id, file, (sent) => update(id, { sent }), going.signal);
      done = [...done, { attachment, file }];
      // First, so that it is somewhere at every moment.
      on.onDone(attachment, new Set(chosen.slice(chosen.indexOf(id) + 1)));
      remove(id);
    } catch (error) {
      if (going.signal.aborted) return;
      if (isMailError(error) && isSessionOver(error.code)) {
        update(id, { error: toMailErrorValue(error) });
        await sessionOver(error.code);
        return update(id, { going: null, error: null });
      }
      const value: MailErrorValue = isMailError(error)
        ? toMailErrorValue(error)
        : { code: 'unexpected', retryable: true };
      update(id, { going: null, error: value });
    } finally {
      next();
    }
  }

  function add(attachment: DraftAttachment, file: Blob): void {
    if (!chosen.includes(attachment.id)) chosen.push(attachment.id);
    files = [...files, { attachment, file, sent: 0, error: null, going: null }];
    tell();
    next();
  }

  function cancel(id: string): void {
    files.find(({ attachment }) => attachment.id === id)?.going?.abort();
    remove(id);
    // Nobody waits for it: what stays is swept by the server.
    fetch(`/api/uploads/${id}`, { method: 'DELETE', headers: accountHeaders() }).catch(() => {});
    next();
  }

  function sendAgain(): boolean {
    const lost = done;
    done = [];
    if (lost.length === 0) return false;
    on.onLost(new Set(lost.map(({ attachment }) => attachment.id)));
    for (const { attachment, file } of lost) add(attachment, file);
    return true;
  }

  function arrived(): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const failed = files.find(({ error, going }) => error !== null && going === null)?.error;
        if (files.length > 0 && !failed) return;
        watchers.delete(look);
        if (failed) reject(fromMailErrorValue(failed));
        else resolve();
      };
      watchers.add(look);
      look();
    });
  }

  queueMicrotask(() => known.forEach((one) => isThere(one) || add(one.attachment, one.file)));
  return {
    add(file, contentId) {
      const id = crypto.randomUUID();
      const attachment: DraftAttachment = {
        id,
        name: toFileName(file.name),
        mediaType: toMediaType(file.type),
        size: file.size,
        contentId,
        source: { kind: 'upload', upload: id },
      };
      add(attachment, file);
      on.onAdded();
      return attachment;
    },
    retry(id) {
      update(id, { error: null });
      next();
    },
    arrived,
    sendAgain,
    forget(ids) {
      done = done.filter(({ attachment }) => !ids.includes(attachment.id));
    },
    cancel,
    cancelAll: () => files.forEach(({ attachment }) => cancel(attachment.id)),
    stop: () => files.forEach(({ going }) => going?.abort()),
    kept: () => [...done, ...files.map(({ attachment, file }) => ({ attachment, file }))],
  };
}

/** A header can hold it: no line breaks or control characters. */
function toFileName(name: string): string {
  return (
    name
      .replace(/[\0-\x1f\x7f]/g, ' ')
      .trim()
      .slice(0, 255) || 'file'
  );
}

function toMediaType(type: string): string {
  const bare = type.toLowerCase().split(';')[0]?.trim() ?? '';
  return /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/.test(bare) ? bare : 'application/octet-stream';
}
