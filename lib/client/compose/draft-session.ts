import type { DraftContent } from '#lib/mail/draft.ts';
import { isMailError } from '#lib/errors.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import type { SendAnswer, SendRequest } from '#lib/mail/outgoing.ts';
import { beforeLeaving } from '#lib/client/session/before-leaving.ts';
import { makeStore } from '#lib/client/external-store.ts';
import type { ExternalStore } from '#lib/client/external-store.ts';
import { fetchJson } from '#lib/client/fetch-json.ts';
import { holdPage } from '#lib/client/session/session-over.ts';
import { whenIdle } from '#lib/client/when-idle.ts';
import { askAgain } from './ask-again.ts';
import type { ComposerShape } from './composers.ts';
import { makeDraftSaver } from './draft-saver.ts';
import type { DraftBody, DraftStart, DraftState } from './draft-state.ts';
import { makeUploads } from './draft-uploads.ts';
import type { Uploads } from './draft-uploads.ts';
import { nowhere } from './kept-drafts.ts';
import type { DraftKeeper } from './kept-drafts.ts';
import { makePauseTimer } from './pause-timer.ts';

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
  /** Waits for files that are on their way. Throws a MailError. */
  send(key: string, when: SendRequest['when']): Promise<SendAnswer>;
  discard(): Promise<void>;
  version(): MessageRef | null;
  /** The person closed it: the server gets the rest, and what it did not take stays kept. */
  close(): Promise<void>;
  /** The page goes; nobody closed anything. */
  leave(): Promise<void>;
}

/** Milliseconds: after a pause in typing, and at the latest. */
const keepPause = 400;
const keepLatest = 1_000;
const idleLatest = 200;

/** One draft while it is written: kept in the browser at every pause, and given to the server. Knows nothing of React or the editor. */
export function startDraftSession(start: DraftStart, keeper: DraftKeeper): DraftSession {
  const store = makeStore<DraftState>({
    content: start.content,
    saving: start.savedAt && !start.isDirty ? { kind: 'saved', at: start.savedAt } : { kind: 'untouched' },
    files: [],
    conflict: null,
    baseWasGone: false,
  });
  const set = (changed: Partial<DraftState>) => store.set({ ...store.get(), ...changed });
  let windowShape: ComposerShape | null = start.shape;
  let readBody: (() => DraftBody) | null = null;
  let isEnded = false;
  const keepTimer = makePauseTimer(() => whenIdle(() => void keepUnlessEnded(), idleLatest), keepPause, keepLatest);
  // On a shared computer nothing holds the page: the next person may be there already.
  const release = keeper === nowhere ? () => {} : holdPage();

  const uploads = makeUploads(start.files, new Set(start.content.attachments.map(({ id }) => id)), {
    onChange: (files) => set({ files }),
    onDone(attachment, later) {
      const { attachments } = store.get().content;
      const at = attachments.findIndex(({ id }) => later.has(id));
      change({ attachments: attachments.toSpliced(at < 0 ? attachments.length : at, 0, attachment) });
    },
    onLost: (ids) => change({ attachments: store.get().content.attachments.filter(({ id }) => !ids.has(id)) }),
    onAdded: () => touched(),
  });
  const saver = makeDraftSaver(start, store, { read: content, keep, uploads });

  function content(): DraftContent {
    const { content: known } = store.get();
    // Not put into the state: what is drawn does not need it, and drawing the composer anew would cost a frame.
    return readBody ? { ...known, ...readBody() } : known;
  }

  function touched(): void {
    saver.touch();
    if (!isEnded) keepTimer.touch();
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
      version: saver.version(),
      isSaved: saver.isSaved(),
      files: uploads.kept(),
      shape: windowShape,
      keptAt: Date.now(),
    });
  }

  async function keepUnlessEnded(): Promise<void> {
    if (!isEnded) await keep();
  }

  /** What the server lost since it was uploaded goes there once more. */
  async function send(key: string, when: SendRequest['when']): Promise<SendAnswer> {
    for (;;) {
      await uploads.arrived();
      await saver.rest();
      saver.hold();
      try {
        const request: SendRequest = { ...saver.request(content()), key, when };
        return await askAgain<SendAnswer>('/api/send', request, { tell: saver.tell, isEnded: () => isEnded });
      } catch (error) {
        saver.hurry();
        if (!isMailError(error) || error.code !== 'upload-missing' || !uploads.sendAgain()) throw error;
      }
    }
  }

  function onHide(): void {
    if (document.visibilityState !== 'hidden' || saver.isSaved()) return;
    void keep();
    void saver.save();
  }

  /** Answers whether the server has everything. One request may be under way with older words. */
  async function saveAll(): Promise<boolean> {
    for (let turn = 0; turn < 2 && !saver.isSaved() && !store.get().conflict; turn += 1) await saver.save();
    return saver.isSaved();
  }

  const forgetLeaving = beforeLeaving(saveAll);
  // Back on line: at once.
  window.addEventListener('online', saver.hurry);
  document.addEventListener('visibilitychange', onHide);
  window.addEventListener('pagehide', onHide);

  function stop(): void {
    isEnded = true;
    release();
    keepTimer.stop();
    saver.stop();
    forgetLeaving();
    window.removeEventListener('online', saver.hurry);
    document.removeEventListener('visibilitychange', onHide);
    window.removeEventListener('pagehide', onHide);
  }

  async function end(): Promise<void> {
    await saver.rest();
    stop();
    uploads.stop();
  }

  return {
    ...store,
    id: start.id,
    change,
    readBodyBy(read) {
      if (!read && readBody) set({ content: content() });
      readBody = read;
    },
    bodyChanged: touched,
    content,
    uploads,
    keep,
    shape(shape) {
      windowShape = shape;
      if (saver.isTouched()) void keep();
    },
    save: saver.save,
    replaceOther() {
      const { conflict } = store.get();
      if (conflict) saver.replace(conflict.version);
    },
    async send(key, when) {
      const answer = await send(key, when);
      if (!answer.queued) {
        set({ conflict: answer.conflict });
        return answer;
      }
      stop();
      await keeper.forget(start.id);
      return answer;
    },
    async discard() {
      stop();
      uploads.cancelAll();
      await saver.rest();
      await keeper.forget(start.id);
      const version = saver.version();
      if (version) await fetchJson(`/api/drafts/${start.id}/discard`, { body: { version } });
    },
    version: saver.version,
    async close() {
      windowShape = null;
      if (isEnded) return;
      await saveAll();
      await end();
      if (saver.isSaved() && uploads.kept().length === 0) await keeper.forget(start.id);
      else await keep();
    },
    async leave() {
      if (isEnded) return;
      if (!saver.isSaved()) await keep();
      await end();
    },
  };
}
