import { isMailError, toMailErrorValue } from '../../errors.ts';
import type { MailErrorValue } from '../../errors.ts';
import type { DraftAttachment } from '../../mail/draft.ts';
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
  cancel(id: string): void;
  cancelAll(): void;
  /** Leaves what arrived on the server, so that it can go on later. */
  stop(): void;
  kept(): KeptFile[];
}

/** Files sent at the same time. */
const atOnce = 2;

/** Sends files one after the other. `known` are those of a draft that was interrupted. */
export function makeUploads(
  known: readonly KeptFile[],
  on: {
    onChange: (files: readonly FileOnItsWay[]) => void;
    onDone: (attachment: DraftAttachment) => void;
    onAdded: () => void;
  },
): Uploads {
  let files: (FileOnItsWay & { file: Blob; going: AbortController | null })[] = [];
  const tell = () => on.onChange(files.map(({ attachment, sent, error }) => ({ attachment, sent, error })));
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
      remove(id);
      on.onDone(attachment);
    } catch (error) {
      if (going.signal.aborted) return;
      const value: MailErrorValue = isMailError(error)
        ? toMailErrorValue(error)
        : { code: 'unexpected', retryable: true };
      update(id, { going: null, error: value });
    } finally {
      next();
    }
  }

  function add(attachment: DraftAttachment, file: Blob): void {
    files = [...files, { attachment, file, sent: 0, error: null, going: null }];
    tell();
    next();
  }

  function cancel(id: string): void {
    files.find(({ attachment }) => attachment.id === id)?.going?.abort();
    remove(id);
    // Nobody waits for it: what stays is swept by the server.
    fetch(`/api/uploads/${id}`, { method: 'DELETE' }).catch(() => {});
    next();
  }

  queueMicrotask(() => known.forEach(({ attachment, file }) => add(attachment, file)));
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
    cancel,
    cancelAll: () => files.forEach(({ attachment }) => cancel(attachment.id)),
    stop: () => files.forEach(({ going }) => going?.abort()),
    kept: () => files.map(({ attachment, file }) => ({ attachment, file })),
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
