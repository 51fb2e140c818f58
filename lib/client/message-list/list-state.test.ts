import { expect, test } from 'vitest';
import type { MailEvent } from '#lib/mail/event.ts';
import type { MessageSummary, MessageWindow } from '#lib/mail/message.ts';
import { toUidSet } from '#lib/mail/uid-set.ts';
import { applyFrame } from './apply-frame.ts';
import { fromWindow, layRows, positionOf, rowAtPosition } from './list-state.ts';
import { mergeWindow, replaceBy } from './merge-window.ts';
import type { ListState } from './list-state.ts';

/** A mailbox as a server keeps it, with the whole of its history: what the browser's state is measured against. */
interface Model {
  modseq: number;
  uidNext: number;
  messages: { uid: number; modseq: number; keywords: string[] }[];
  gone: { uid: number; modseq: number }[];
}

const mailbox = 'INBOX';

function row({ uid, modseq, keywords }: Model['messages'][number]): MessageSummary {
  const receivedAt = '2026-01-01T00:00:00.000Z';
  const rest = { from: [], to: [], subject: '', sentAt: null, receivedAt, size: 1, hasAttachment: false };
  return { uid, modseq: `${modseq}`, keywords: [...keywords], ...rest, messageId: null, preview: null };
}

function countsOf(model: Model) {
  const unseen = model.messages.filter(({ keywords }) => !keywords.includes('$seen')).length;
  return {
    messages: model.messages.length,
    unseen,
    uidNext: model.uidNext,
    uidValidity: 7,
    token: `7:${model.modseq}`,
  };
}

function windowOf(model: Model, from: number, to: number): MessageWindow {
  const rows = model.messages.slice(from - 1, to).map(row);
  return { mailbox, ...countsOf(model), firstPosition: from, rows };
}

function deltaSince(model: Model, modseq: number, uidNext: number): { token: string; events: MailEvent[] } {
  const counts = countsOf(model);
  const gone = model.gone.filter((entry) => entry.modseq > modseq).map(({ uid }) => uid);
  const changed = model.messages.filter((message) => message.modseq > modseq);
  const events: MailEvent[] = [];
  if (gone.length) events.push({ type: 'messages-gone', mailbox, uidValidity: 7, uids: toUidSet(gone) });
  const old = changed.filter(({ uid }) => uid < uidNext);
  if (old.length) {
    const changes = old.map((message) => ({
      uid: message.uid,
      modseq: `${message.modseq}`,
      keywords: message.keywords,
    }));
    events.push({ type: 'keywords-changed', mailbox, uidValidity: 7, changes });
  }
  const messages = changed.filter(({ uid }) => uid >= uidNext).map(row);
  if (messages.length) events.push({ type: 'messages-arrived', mailbox, uidValidity: 7, messages, omitted: 0 });
  events.push({ type: 'mailbox-counts', mailbox, counts });
  return { token: counts.token, events };
}

function change(model: Model, random: () => number): Model {
  const modseq = model.modseq + 1;
  const pick = Math.floor(random() * model.messages.length);
  const picked = model.messages[pick];
  const what = random();
  if (!picked || what < 0.35) {
    const arrived = { uid: model.uidNext, modseq, keywords: [] };
    const skipped = random() < 0.2 ? 3 : 1; // UIDs may have holes from the first.
    return { ...model, modseq, uidNext: model.uidNext + skipped, messages: [...model.messages, arrived] };
  }
  if (what < 0.65) {
    const messages = model.messages.filter((message) => message !== picked);
    return { ...model, modseq, messages, gone: [...model.gone, { uid: picked.uid, modseq }] };
  }
  const keyword = random() < 0.5 ? '$seen' : '$flagged';
  const has = picked.keywords.includes(keyword);
  const keywords = has ? picked.keywords.filter((one) => one !== keyword) : [...picked.keywords, keyword];
  const messages = model.messages.map((message) => (message === picked ? { ...picked, modseq, keywords } : message));
  return { ...model, modseq, messages };
}

function expectTruth(state: ListState, model: Model): void {
  expect(state.messages).toBe(model.messages.length);
  for (const { position, uid } of state.entries) {
    const truth = model.messages[position - 1];
    expect({ position, uid }).toEqual({ position, uid: truth?.uid });
    const { keywords, modseq } = state.rows.get(uid) ?? {};
    // A row may know more than the token promises, never less.
    if (modseq === `${truth?.modseq}`) expect(keywords).toEqual(truth?.keywords);
    else expect(Number(modseq)).toBeGreaterThan(truth?.modseq ?? 0);
  }
}

function mulberry(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

test(`after any history every loaded row stands where the server has it (SEED=${seed})`, () => {
  let staleCount = 0;
  for (let run = 0; run < 300; run += 1) {
    const random = mulberry(seed + run);
    let model: Model = { modseq: 1, uidNext: 1, messages: [], gone: [] };
    const history = new Map<string, Model>();
    const remember = (now: Model) => {
      history.set(`7:${now.modseq}`, now);
      return now;
    };
    for (let i = 0; i < 40; i += 1) model = remember(change(model, random));
    let state = fromWindow(windowOf(model, 1, 50));
    const inFlight: { window: MessageWindow }[] = [];
    let told = { modseq: model.modseq, uidNext: model.uidNext };
    for (let step = 0; step < 60; step += 1) {
      const what = random();
      if (what < 0.5) model = remember(change(model, random));
      else if (what < 0.65) inFlight.push({ window: windowOf(model, 1 + Math.floor(random() * 30), 40) });
      else if (what < 0.85) {
        const frame = deltaSince(model, told.modseq, told.uidNext);
        told = { modseq: model.modseq, uidNext: model.uidNext };
        state = applyFrame(state, frame.token, frame.events) ?? state;
        if (random() < 0.3) state = applyFrame(state, frame.token, frame.events) ?? state; // Told twice.
      } else {
        // Answers come back in any order.
        const [answer] = inFlight.splice(Math.floor(random() * inFlight.length), 1);
        if (!answer) continue;
        const merged = mergeWindow(state, answer.window);
        if (merged.outcome !== 'ahead') state = merged.state;
        else {
          const [, since = '0'] = (state.token ?? '').split(':');
          const frame = deltaSince(model, Number(since), state.uidNext);
          state = applyFrame(state, frame.token, frame.events) ?? state;
          state = mergeWindow(state, answer.window).state;
        }
      }
      // What is loaded is true at the token it carries, whatever is still on its way.
      const then = history.get(state.token ?? '');
      if (!state.isStale && then) expectTruth(state, then);
      if (state.isStale) {
        staleCount += 1;
        state = mergeWindow(state, windowOf(model, 1, 50)).state;
      }
    }
    const frame = deltaSince(model, told.modseq, told.uidNext);
    state = applyFrame(state, frame.token, frame.events) ?? state;
    if (state.isStale) state = mergeWindow(state, windowOf(model, 1, 50)).state;
    expect(state.isStale).toBe(false);
    expectTruth(state, model);
  }
  // Repairs are for lying servers; with an honest one they stay the exception.
  expect(staleCount).toBeLessThan(300 * 60 * 0.01);
});

function numbered(count: number): Model {
  const messages = Array.from({ length: count }, (_, index) => ({ uid: index + 1, modseq: 1, keywords: [] }));
  return { modseq: 1, uidNext: count + 1, messages, gone: [] };
}

test('an expunge below moves what is loaded above it, and new mail moves nothing', () => {
  const state = fromWindow(windowOf(numbered(100), 51, 100));
  const gone: MailEvent = { type: 'messages-gone', mailbox, uidValidity: 7, uids: [[3, 4]] };
  const arrived: MailEvent = {
    type: 'messages-arrived',
    mailbox,
    uidValidity: 7,
    messages: [row({ uid: 101, modseq: 2, keywords: [] })],
    omitted: 0,
  };
  const counts = { messages: 99, unseen: 99, uidNext: 102, uidValidity: 7, token: '7:2' };
  const next = applyFrame(state, '7:2', [gone, arrived, { type: 'mailbox-counts', mailbox, counts }]);
  expect(next && rowAtPosition(next, 49)?.uid).toBe(51);
  expect(next && positionOf(next, 100)).toBe(98);
  expect(next && positionOf(next, 101)).toBe(99);
  expect(next?.isStale).toBe(false);
});

test('counts that disagree with the facts make the positions suspect, and reading again heals them', () => {
  const state = fromWindow(windowOf(numbered(10), 1, 10));
  const counts = { messages: 7, unseen: 7, uidNext: 11, uidValidity: 7, token: '7:5' };
  const suspect = applyFrame(state, '7:5', [{ type: 'mailbox-counts', mailbox, counts }]);
  expect(suspect?.isStale).toBe(true);
  const truth = { ...numbered(7), modseq: 5, uidNext: 11 };
  const healed = suspect && mergeWindow(suspect, windowOf(truth, 1, 7));
  expect(healed?.state.isStale).toBe(false);
  expect(healed?.state.entries).toHaveLength(7);
});

test('another uidValidity forgets everything', () => {
  const state = fromWindow(windowOf(numbered(10), 1, 10));
  expect(applyFrame(state, null, [{ type: 'reset', mailbox, uidValidity: 8 }])).toBeNull();
});

test('an echo of our own write changes nothing', () => {
  const state = fromWindow(windowOf(numbered(10), 1, 10));
  const changes = [{ uid: 3, modseq: '1', keywords: ['$seen'] }];
  expect(applyFrame(state, '7:1', [{ type: 'keywords-changed', mailbox, uidValidity: 7, changes }])).toBe(state);
});

test('what a message answers is not forgotten by a reading that did not look, nor by one that looked for less', () => {
  const model: Model = {
    modseq: 5,
    uidNext: 3,
    messages: [1, 2].map((uid) => ({ uid, modseq: 5, keywords: [] })),
    gone: [],
  };
  const window = windowOf(model, 1, 2);
  const told = window.rows.map((one) => ({ ...one, answers: ['<first@a>', '<last@a>'], preview: 'Hello' }));
  const state: ListState = { ...fromWindow({ ...window, rows: told }), uids: [[1, 2]] };
  const answersIn = ({ rows }: ListState) =>
    [...rows.values()].map(({ answers, preview }) => [answers?.length, preview]);
  const kept = [
    [2, 'Hello'],
    [2, 'Hello'],
  ];
  expect(answersIn(layRows(state, window.rows, new Set(), 100))).toEqual(kept);
  const less = window.rows.map((one) => ({ ...one, answers: ['<last@a>'] }));
  expect(answersIn(layRows(state, less, new Set(), 100))).toEqual(kept);
  expect(answersIn(mergeWindow(state, window).state)).toEqual(kept);
  expect(answersIn(replaceBy(state, window))).toEqual(kept);
  expect(answersIn(layRows({ ...state, rows: new Map() }, told, new Set(), 100))).toEqual(kept);
});
