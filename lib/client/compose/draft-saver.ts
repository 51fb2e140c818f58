import { isMailError, toMailErrorValue } from '#lib/errors.ts';
import type { MailErrorValue } from '#lib/errors.ts';
import type { DraftContent, SaveDraftAnswer, SaveDraftRequest } from '#lib/mail/draft.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import type { ExternalStore } from '#lib/client/external-store.ts';
import { whenIdle } from '#lib/client/when-idle.ts';
import { askAgain } from './ask-again.ts';
import type { DraftStart, DraftState } from './draft-state.ts';
import type { Uploads } from './draft-uploads.ts';
import { makePauseTimer } from './pause-timer.ts';

export interface DraftSaver {
  /** The person did something: it is given to the server after a pause. */
  touch(): void;
  /** Saves now; resolves when the server has everything or said why not. */
  save(): Promise<void>;
  /** Resolves when no request is under way. */
  rest(): Promise<void>;
  /** Nothing begins by itself before `hurry` or the next touch. */
  hold(): void;
  /** At once, if there is something that the server does not have. */
  hurry(): void;
  isSaved(): boolean;
  isTouched(): boolean;
  version(): MessageRef | null;
  /** Takes the other version's place. */
  replace(other: MessageRef): void;
  /** What a request says besides what it wants. */
  request(content: DraftContent): SaveDraftRequest;
  /** Says why something did not reach the server, while `askAgain` waits. */
  tell(error: MailErrorValue): void;
  /** No more timers; a request that is under way goes through. */
  stop(): void;
}

/** Milliseconds: after a pause in typing, and at the latest; the server has every word within three seconds. */
const savePause = 1_000;
const saveLatest = 2_000;
const idleLatest = 200;
const retryPauses = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/**
 * Gives a draft to the server: one request at a time, again and again until it has it. `read` answers the newest
 * content, `keep` is called when the server has taken it, `uploads` sends again what it has lost.
 */
export function makeDraftSaver(
  start: DraftStart,
  store: ExternalStore<DraftState>,
  { read, keep, uploads }: { read: () => DraftContent; keep: () => Promise<void>; uploads: Uploads },
): DraftSaver {
  const set = (changed: Partial<DraftState>) => store.set({ ...store.get(), ...changed });
  let { version } = start;
  let base = start.version;
  /** Counts what the person did; `savedRevision` is what the server has of it. */
  let revision = start.isDirty ? 1 : 0;
  let savedRevision = 0;
  let failures = 0;
  let isEnded = false;
  let running: Promise<void> | null = null;
  const timer = makePauseTimer(() => whenIdle(() => void save(), idleLatest), savePause, saveLatest);

  function touch(): void {
    revision += 1;
    if (isEnded) return;
    // Told once, not with every key: each telling draws the composer anew.
    const { saving, conflict } = store.get();
    if (saving.kind !== 'failed' && saving.kind !== 'saving' && !conflict) set({ saving: { kind: 'saving' } });
    timer.touch();
  }

  function save(): Promise<void> {
    timer.stop();
    if (isEnded) return Promise.resolve();
    running ??= saveOnce().finally(() => {
      running = null;
      if (!isEnded && savedRevision !== revision && !store.get().conflict && failures === 0) timer.touch();
    });
    return running;
  }

  async function saveOnce(): Promise<void> {
    if (savedRevision === revision || store.get().conflict) return;
    const saved = revision;
    set({ saving: { kind: 'saving' } });
    try {
      const answer = await askAgain<SaveDraftAnswer>('/api/drafts', request(read()), { tell, isEnded: () => isEnded });
      failures = 0;
      if (!answer.saved) return set({ conflict: answer.conflict });
      took(answer, saved);
      await keep();
    } catch (error) {
      fail(error);
    }
  }

  function took(answer: Extract<SaveDraftAnswer, { saved: true }>, saved: number): void {
    version = base = answer.version;
    savedRevision = saved;
    const bySame = new Map(answer.attachments.map((attachment) => [attachment.id, attachment]));
    const { content: now, baseWasGone } = store.get();
    const attachments = now.attachments.map((one) => bySame.get(one.id) ?? one);
    set({
      content: attachments.length > 0 ? { ...now, attachments } : now,
      baseWasGone: baseWasGone || answer.baseWasGone,
      saving: saved === revision ? { kind: 'saved', at: answer.savedAt } : { kind: 'saving' },
    });
    uploads.forget(answer.attachments.filter(({ source }) => source.kind !== 'upload').map(({ id }) => id));
  }

  function fail(error: unknown): void {
    const value: MailErrorValue = isMailError(error)
      ? toMailErrorValue(error)
      : { code: 'unexpected', retryable: true };
    if (value.code === 'upload-missing' && uploads.sendAgain()) return;
    tell(value);
    const pause = retryPauses[Math.min(failures, retryPauses.length - 1)] ?? 0;
    failures += 1;
    if (value.retryable && !isEnded) timer.after(Math.max(pause, (value.retryAfter ?? 0) * 1000));
    else failures = 0;
  }

  function tell(error: MailErrorValue): void {
    set({ saving: { kind: 'failed', error } });
  }

  function request(content: DraftContent): SaveDraftRequest {
    return { id: start.id, writer: start.writer, base, content };
  }

  if (start.isDirty) timer.touch();
  return {
    touch,
    save,
    async rest() {
      await running;
    },
    hold: timer.stop,
    hurry() {
      if (savedRevision !== revision) timer.after(0);
    },
    isSaved: () => savedRevision === revision,
    isTouched: () => revision > 0 || version !== null,
    version: () => version,
    replace(other) {
      base = other;
      set({ conflict: null });
      touch();
    },
    request,
    tell,
    stop() {
      isEnded = true;
      timer.stop();
    },
  };
}
