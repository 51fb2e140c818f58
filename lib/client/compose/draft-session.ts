import { isMailError, toMailErrorValue } from '../../errors.ts';
import type { MailErrorValue } from '../../errors.ts';
import type { DraftContent, SaveDraftAnswer, SaveDraftRequest } from '../../mail/draft.ts';
import type { MessageRef } from '../../mail/message.ts';
import type { SendAnswer, SendRequest } from '../../mail/outgoing.ts';
import { beforeLeaving } from '../before-leaving.ts';
import { makeStore } from '../external-store.ts';
import type { ExternalStore } from '../external-store.ts';
import { fetchJson } from '../fetch-json.ts';
import { renewed } from '../renewal.ts';
import type { ComposerShape } from './composers.ts';
import { makeUploads } from './draft-uploads.ts';
import type { FileOnItsWay, Uploads } from './draft-uploads.ts';
import type { DraftKeeper, KeptFile } from './kept-drafts.ts';

/** Where the words are: nowhere needed yet, on their way, with the server, or only here and why. */
export type Saving =
  | { kind: 'untouched' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: string }
  | { kind: 'failed'; error: MailErrorValue };

export interface DraftState {
  /** The body in it may be a moment older than the editor's; saving and sending ask for the newest. */
  content: DraftContent;
  saving: Saving;
  /** Files that are not on the server whole, in the order they came. */
  files: readonly FileOnItsWay[];
  /** Somebody saved another version of this draft elsewhere. Nothing is saved until the person has decided. */
  conflict: { version: MessageRef; savedAt: string } | null;
  /** The version this grew from was deleted or sent elsewhere; the words went into a new draft. */
  baseWasGone: boolean;
}

export type DraftBody = Pick<DraftContent, 'html' | 'text'>;

export interface DraftSession extends ExternalStore<DraftState> {
  readonly id: string;
  /** What was written into the fields. */
  change(changed: Partial<DraftContent>): void;
  /** The editor says how to read its body, and from then on only that it changed: a keystroke costs no serialisation. */
  readBodyBy(read: (() => DraftBody) | null): void;
  bodyChanged(): void;
  /** The newest content. */
  content(): DraftContent;
  uploads: Uploads;
  /** Kept in this browser now, with how its window stands. */
  keep(): Promise<void>;
  shape(shape: ComposerShape): void;
  /** Saves now; resolves when the server has everything or said why not. */
  save(): Promise<void>;
  /** Takes the other version's place. */
  replaceOther(): void;
  send(key: string, when: SendRequest['when']): Promise<SendAnswer>;
  discard(): Promise<void>;
  version(): MessageRef | null;
  /** The person closed it: the server gets the rest, and what it did not take stays kept. */
  close(): Promise<void>;
  /** The page goes; nobody closed anything. */
  leave(): Promise<void>;
}

export interface DraftStart {
  id: string;
  writer: string;
  content: DraftContent;
  version: MessageRef | null;
  savedAt: string | null;
  /** There is something that the server does not have. */
  isDirty: boolean;
  files: KeptFile[];
  /** Null: a page of its own, which its address opens again. */
  shape: ComposerShape | null;
}

/** Milliseconds: after a pause in typing, and at the latest; the server has every word within three seconds. */
const keepPause = 400;
const keepLatest = 1_000;
const savePause = 1_000;
const saveLatest = 2_000;
const retryPauses = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/**
 * One draft while it is written: kept in the browser at every pause, given to the server within three seconds, one request at a time, again
 * and again until it has it. Knows nothing of React or the editor.
 */
export function startDraftSession(start: DraftStart, keeper: DraftKeeper): DraftSession {
  const store = makeStore<DraftState>({
    content: start.content,
    saving: start.savedAt && !start.isDirty ? { kind: 'saved', at: start.savedAt } : { kind: 'untouched' },
    files: [],
    conflict: null,
    baseWasGone: false,
  });
  const set = (changed: Partial<DraftState>) => store.set({ ...store.get(), ...changed });
  let { version } = start;
  let base = start.version;
  let windowShape: ComposerShape | null = start.shape;
  let readBody: (() => DraftBody) | null = null;
  /** Counts what the person did; `savedRevision` is what the server has of it. */
  let revision = start.isDirty ? 1 : 0;
  let savedRevision = 0;
  let failures = 0;
  let isEnded = false;
  let running: Promise<void> | null = null;
  const keepTimer = makeTimer(() => void keep(), keepPause, keepLatest);
  const saveTimer = makeTimer(() => void save(), savePause, saveLatest);

  const uploads = makeUploads(start.files, {
    onChange: (files) => set({ files }),
    onDone(attachment) {
      const { content } = store.get();
      change({ attachments: [...content.attachments, attachment] });
    },
    onAdded: () => touched(),
  });

  function content(): DraftContent {
    const { content: known } = store.get();
    if (!readBody) return known;
    const whole = { ...known, ...readBody() };
    set({ content: whole });
    return whole;
  }

  function touched(): void {
    revision += 1;
    if (isEnded) return;
    if (store.get().saving.kind !== 'failed' && !store.get().conflict) set({ saving: { kind: 'saving' } });
    keepTimer.touch();
    saveTimer.touch();
  }

  function change(changed: Partial<DraftContent>): void {
    set({ content: { ...store.get().content, ...changed } });
    touched();
  }

  async function keep(): Promise<void> {
    keepTimer.stop();
    await keeper.keep({
      id: start.id,
      writer: start.writer,
      content: content(),
      version,
      isSaved: savedRevision === revision,
      files: uploads.kept(),
      shape: windowShape,
      keptAt: Date.now(),
    });
  }

  function save(): Promise<void> {
    saveTimer.stop();
    running ??= saveOnce().finally(() => {
      running = null;
      if (!isEnded && savedRevision !== revision && !store.get().conflict && failures === 0) saveTimer.touch();
    });
    return running;
  }

  async function saveOnce(): Promise<void> {
    if (savedRevision === revision || store.get().conflict) return;
    const saved = revision;
    set({ saving: { kind: 'saving' } });
    try {
      const answer = await ask<SaveDraftAnswer>('/api/drafts', toRequest(content()));
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
    set({
      content: { ...now, attachments: now.attachments.map((one) => bySame.get(one.id) ?? one) },
      baseWasGone: baseWasGone || answer.baseWasGone,
      saving: saved === revision ? { kind: 'saved', at: answer.savedAt } : { kind: 'saving' },
    });
  }

  function fail(error: unknown): void {
    const value: MailErrorValue = isMailError(error)
      ? toMailErrorValue(error)
      : { code: 'unexpected', retryable: true };
    set({ saving: { kind: 'failed', error: value } });
    const pause = retryPauses[Math.min(failures, retryPauses.length - 1)] ?? 0;
    failures += 1;
    if (value.retryable && !isEnded) saveTimer.after(Math.max(pause, (value.retryAfter ?? 0) * 1000));
    else failures = 0;
  }

  /** A password that was changed elsewhere is asked for in place; then it goes on. */
  async function ask<T>(address: string, body: unknown): Promise<T> {
    for (;;) {
      try {
        return await fetchJson<T>(address, { body });
      } catch (error) {
        if (!isMailError(error) || error.code !== 'wrong-credentials' || isEnded) throw error;
        set({ saving: { kind: 'failed', error: toMailErrorValue(error) } });
        await renewed();
      }
    }
  }

  function toRequest(whole: DraftContent): SaveDraftRequest {
    return { id: start.id, writer: start.writer, base, content: whole };
  }

  /** Back on line: at once. */
  function onOnline(): void {
    if (savedRevision !== revision) saveTimer.after(0);
  }

  function onHide(): void {
    if (document.visibilityState !== 'hidden' || savedRevision === revision) return;
    void keep();
    void save();
  }

  const forgetLeaving = beforeLeaving(saveAll);
  window.addEventListener('online', onOnline);
  document.addEventListener('visibilitychange', onHide);
  window.addEventListener('pagehide', onHide);
  if (start.isDirty) saveTimer.touch();

  return {
    ...store,
    id: start.id,
    change,
    readBodyBy(read) {
      if (!read && readBody) content();
      readBody = read;
    },
    bodyChanged: touched,
    content,
    uploads,
    keep,
    shape(shape) {
      windowShape = shape;
      if (revision > 0 || version) void keep();
    },
    save,
    replaceOther() {
      const { conflict } = store.get();
      if (!conflict) return;
      base = conflict.version;
      set({ conflict: null });
      touched();
    },
    async send(key, when) {
      await running;
      saveTimer.stop();
      const answer = await ask<SendAnswer>('/api/send', { ...toRequest(content()), key, when });
      if (!answer.queued) {
        set({ conflict: answer.conflict });
        return answer;
      }
      isEnded = true;
      stop();
      await keeper.forget(start.id);
      return answer;
    },
    async discard() {
      isEnded = true;
      stop();
      uploads.cancelAll();
      await running;
      await keeper.forget(start.id);
      if (version) await fetchJson(`/api/drafts/${start.id}/discard`, { body: { version } });
    },
    version: () => version,
    async close() {
      windowShape = null;
      if (isEnded) return;
      await saveAll();
      await end();
      if (savedRevision === revision && uploads.kept().length === 0) await keeper.forget(start.id);
      else await keep();
    },
    async leave() {
      if (isEnded) return;
      const isKept = savedRevision === revision;
      if (!isKept) await keep();
      await end();
    },
  };

  /** One request may be under way with older words. */
  async function saveAll(): Promise<void> {
    for (let turn = 0; turn < 2 && savedRevision !== revision && !store.get().conflict; turn += 1) await save();
  }

  async function end(): Promise<void> {
    await running;
    isEnded = true;
    stop();
    uploads.stop();
  }

  function stop(): void {
    keepTimer.stop();
    saveTimer.stop();
    forgetLeaving();
    window.removeEventListener('online', onOnline);
    document.removeEventListener('visibilitychange', onHide);
    window.removeEventListener('pagehide', onHide);
  }
}

/** Runs after a pause since the last touch, and at the latest a while after the first. */
function makeTimer(run: () => void, pause: number, latest: number) {
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
    after(ms: number) {
      clearTimeout(timer);
      timer = setTimeout(fire, ms);
    },
    stop() {
      clearTimeout(timer);
      first = null;
    },
  };
}
