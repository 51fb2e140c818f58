import { expect, test } from 'vitest';
import type { AnyChange, ChangeOutcome, MailChange, SentChange } from '#lib/mail/change.ts';
import {
  dropTask,
  enqueue,
  learnLabel,
  logLabel,
  logTask,
  markSent,
  nextBatch,
  nextToRedo,
  nextToUndo,
  noActs,
  pendingChanges,
  redoRemoval,
  toSent,
  turnAround,
  turnEntry,
  turnTask,
} from './act-state.ts';
import type { ActState } from './act-state.ts';
import { followPlacements } from './follow.ts';
import { observe, refuseChange, settleChange } from './settle.ts';

const inbox = { mailbox: 'INBOX', uidValidity: 1 };
const archive = { mailbox: 'Archive', uidValidity: 2 };
const move = (uid: number, to = 'Archive', from = inbox): MailChange => ({
  type: 'move',
  messages: [{ ...from, uid }],
  to,
});
const star = (uid: number, value = true): MailChange => ({
  type: 'set-keyword',
  messages: [{ ...inbox, uid }],
  keyword: '$flagged',
  value,
});

let last = 0;
const makeId = () => `id-${(last += 1)}`;
const outcome = (given: Partial<ChangeOutcome> = {}): ChangeOutcome => ({
  undo: [],
  placed: [],
  kept: 0,
  gone: 0,
  ...given,
});
const moved = (uid: number, to: number, from = inbox, target = archive): ChangeOutcome =>
  outcome({
    placed: [{ from, to: target, uids: [[uid, to]] }],
    undo: [{ type: 'move', messages: [{ ...target, uid: to }], to: from.mailbox }],
  });

function doing(state: ActState, id: string, ...changes: AnyChange[]): ActState {
  return enqueue(state, { id, changes: toSent(changes, makeId), said: id });
}

function sent(state: ActState): { state: ActState; batch: SentChange[] } {
  const batch = nextBatch(state, { changes: 20, messages: 1000 });
  return { batch, state: markSent(state, new Set(batch.map(({ id }) => id))) };
}

function settled(state: ActState, ...outcomes: ChangeOutcome[]): ActState {
  const { batch, state: marked } = sent(state);
  return outcomes.reduce((now, one, index) => settleChange(now, batch[index]?.id ?? '', one, makeId), marked);
}

const only = (state: ActState) => pendingChanges(state.items);

test('what was never sent just leaves the queue, and comes back when it is done again', () => {
  let state = doing(noActs, 'a', move(5));
  state = turnAround(state, 'a', makeId);
  expect(only(state)).toEqual([]);
  state = turnAround(state, 'a', makeId);
  expect(only(state)).toEqual([move(5)]);
});

test('what is on its way is taken back once its answer tells how', () => {
  const { state } = sent(doing(noActs, 'a', move(5)));
  const waiting = turnAround(state, 'a', makeId);
  expect(nextBatch(waiting, { changes: 20, messages: 1000 }).map(({ change }) => change)).toEqual([move(5)]);
  const id = waiting.items[0]?.changes?.[0]?.id ?? '';
  const answered = settleChange(waiting, id, moved(5, 9), makeId);
  expect(only(answered)).toEqual([move(9, 'INBOX', archive)]);
});

test('taken back, done again and taken back again follows the message to its new UIDs', () => {
  let state = settled(doing(noActs, 'a', move(5)), moved(5, 9));
  state = turnAround(state, 'a', makeId);
  expect(only(state)).toEqual([move(9, 'INBOX', archive)]);
  state = settled(state, moved(9, 6, archive, inbox));
  expect(nextToUndo(state)).toBeUndefined();
  state = turnAround(state, nextToRedo(state)?.id ?? '', makeId);
  expect(only(state)).toEqual([move(6)]);
  state = settled(state, moved(6, 10));
  expect(only(turnAround(state, 'a', makeId))).toEqual([move(10, 'INBOX', archive)]);
});

test('an older act is taken back from where a later one put the message', () => {
  const work = { mailbox: 'Work', uidValidity: 3 };
  let state = settled(doing(noActs, 'a', move(5)), moved(5, 9));
  state = settled(doing(state, 'b', move(9, 'Work', archive)), moved(9, 1, archive, work));
  state = turnAround(state, 'b', makeId);
  state = settled(state, moved(1, 10, work, archive));
  expect(only(turnAround(state, 'a', makeId))).toEqual([move(10, 'INBOX', archive)]);
});

test('what was meant for whole conversations up to a UID is meant for the named messages alone, once these have other UIDs', () => {
  const muted: MailChange = { ...move(1, 'Trash'), type: 'move', to: 'Trash', conversations: true };
  const bounded: MailChange = { ...muted, conversations: { below: 9 } };
  const placed = [{ from: inbox, to: archive, uids: [[1, 7] as [number, number]] }];
  expect(followPlacements(bounded, [])).toEqual(bounded);
  expect(followPlacements(bounded, placed)).toEqual({ type: 'move', to: 'Trash', messages: [{ ...archive, uid: 7 }] });
  expect(followPlacements(muted, placed)).toMatchObject({ conversations: true, messages: [{ uid: 7 }] });
});

test('z goes back act by act, and a new act ends the way forward', () => {
  let state = doing(doing(noActs, 'a', star(1)), 'b', star(2));
  expect(nextToUndo(state)?.id).toBe('b');
  state = turnAround(state, 'b', makeId);
  expect(nextToUndo(state)?.id).toBe('a');
  expect(nextToRedo(state)?.id).toBe('b');
  expect(nextToRedo(doing(state, 'c', star(3)))).toBeUndefined();
});

test('a refused act leaves nothing to take back; one refused to be taken back still can be', () => {
  const first = sent(doing(noActs, 'a', move(5)));
  const refused = refuseChange(first.state, first.batch[0]?.id ?? '', makeId);
  expect(refused.state).toMatchObject({ items: [], log: [] });
  const undoing = sent(turnAround(settled(doing(noActs, 'a', move(5)), moved(5, 9)), 'a', makeId));
  const kept = refuseChange(undoing.state, undoing.batch[0]?.id ?? '', makeId).state;
  expect(nextToUndo(kept)).toMatchObject({ id: 'a', back: [move(9, 'INBOX', archive)] });
});

test('of an act that fails half-way, the half that was done can be taken back', () => {
  const { state, batch } = sent(doing(noActs, 'a', move(5), move(6)));
  const half = settleChange(state, batch[0]?.id ?? '', moved(5, 9), makeId);
  const refused = refuseChange(half, batch[1]?.id ?? '', makeId).state;
  expect(refused.items).toEqual([]);
  expect(only(turnAround(refused, 'a', makeId))).toEqual([move(9, 'INBOX', archive)]);
});

test('a star that another device took off is not ours to take back; another flag of the message does not matter', () => {
  const starred = outcome({ undo: [{ ...star(1, false), messages: [{ ...inbox, uid: 1, unchangedSince: '10' }] }] });
  const state = settled(doing(noActs, 'a', star(1)), starred);
  const read = observe(state, inbox, [{ uid: 1, modseq: '11', keywords: ['$flagged', '$seen'] }]);
  expect(read.log[0]?.back).toMatchObject([{ messages: [{ uid: 1, unchangedSince: '11' }] }]);
  const off = observe(read, inbox, [{ uid: 1, modseq: '12', keywords: ['$seen'] }]);
  expect(off.log[0]?.back).toEqual([]);
});

test('what was sent and not answered is sent again as such, in its place', () => {
  const { state, batch } = sent(doing(doing(noActs, 'a', move(5)), 'b', star(6)));
  const again = nextBatch(state, { changes: 20, messages: 1000 });
  expect(again.map(({ id }) => id)).toEqual(batch.map(({ id }) => id));
  expect(again.every((one) => one.again)).toBe(true);
});

test('messages that left are remembered as gone until the page goes', () => {
  const state = settled(doing(noActs, 'a', move(5)), moved(5, 9));
  expect([...(state.departed.get('1:INBOX') ?? [])]).toEqual([5]);
});

const waiting = (state: ActState) => state.items.flatMap(({ changes }) => changes?.map(({ change }) => change) ?? []);

test('a folder and what is moved into it go in order, each after the answer to the one before', () => {
  const make: AnyChange = { type: 'create', parent: null, name: 'Plans' };
  const state = doing(doing(doing(noActs, 'a', star(1)), 'b', make), 'c', move(5, 'Plans'));
  const limits = { changes: 20, messages: 1000 };
  expect(nextBatch(state, limits).map(({ change }) => change)).toEqual([star(1)]);
  const made = settled(state, outcome());
  expect(nextBatch(made, limits).map(({ change }) => change)).toEqual([make]);
  // The server's namespace has another path for it.
  const from = { path: 'Plans', delimiter: '.' };
  const undo: AnyChange[] = [{ type: 'delete', path: 'INBOX.Plans', how: 'if-empty' }];
  const next = settled(made, outcome({ undo, renamed: { from, to: 'INBOX.Plans' } }));
  expect(waiting(next)).toEqual([move(5, 'INBOX.Plans')]);
});

test('z takes back folders and messages alike, newest first, under the names they have by then', () => {
  let state = settled(doing(noActs, 'a', move(5, 'Old')), moved(5, 9, inbox, { mailbox: 'Old', uidValidity: 2 }));
  const rename: AnyChange = { type: 'rename', path: 'Old', parent: null, name: 'New' };
  const back: AnyChange = { type: 'rename', path: 'New', parent: null, name: 'Old' };
  const renamed = { from: { path: 'Old', delimiter: '/' }, to: 'New' };
  state = settled(doing(state, 'b', rename), outcome({ undo: [back], renamed }));
  expect(state.log[0]?.back).toMatchObject([{ messages: [{ mailbox: 'New', uid: 9 }] }]);
  expect(nextToUndo(state)?.id).toBe('b');
  state = settled(
    turnAround(state, 'b', makeId),
    outcome({ undo: [rename], renamed: { from: { path: 'New', delimiter: '/' }, to: 'Old' } }),
  );
  expect(nextToUndo(state)).toMatchObject({ id: 'a', back: [{ messages: [{ mailbox: 'Old', uid: 9 }] }] });
});

test('what left nothing to take back is passed over by z', () => {
  const state = settled(
    doing(doing(noActs, 'a', star(1)), 'b', { type: 'destroy', messages: [{ ...inbox, uid: 2 }] }),
    outcome({ undo: [star(1, false)] }),
    outcome(),
  );
  expect(nextToUndo(state)?.id).toBe('a');
});

test('colours of a label chosen one after the other are one act; what was done before them is its own', () => {
  const label = (colour: number | null) => ({ keyword: 'Work', name: null, colour });
  const colour = (from: number | null, to: number) => ({
    said: 'Work has another colour.',
    labels: { undone: from === null ? [] : [label(from)], done: [label(to)] },
  });
  let state = logLabel(noActs, { id: 'made', said: 'Made.', labels: { undone: [], done: [label(null)] } });
  for (const [id, choice] of Object.entries({ a: colour(null, 3), b: colour(3, 4), c: colour(4, 5) }))
    state = logLabel(state, { id, ...choice });
  expect(state.log).toMatchObject([{ id: 'made' }, { id: 'c', labels: { undone: [], done: [label(5)] } }]);
  expect(nextToUndo(turnEntry(state, 'c'))?.id).toBe('made');
});

test('a label that was removed as a mailbox is taken back by its task, removed again by another, and taken back by that', () => {
  const entry = { id: 'gone', said: 'Removed.', labels: { undone: [], done: [] }, relabel: { from: 'Work', to: null } };
  const state = turnTask(logLabel(noActs, { ...entry, task: 'first' }), 'first', 'back');
  expect(nextToRedo(state)).toMatchObject({ id: 'gone', task: 'back' });
  expect(nextToUndo(redoRemoval(state, 'gone', 'second'))).toMatchObject({ id: 'gone', state: 'done', task: 'second' });
});

const aLabel = { said: 'Work', labels: { undone: [{ keyword: 'Work', name: null, colour: 3 }], done: [] } };
const work = { from: 'Work', to: null };

test('of a label that no message has only what is remembered is taken back, and of a mailbox that none has, the mailbox', () => {
  const asKeyword = logLabel(noActs, { ...aLabel, id: 'a', task: 'a' });
  const { log } = learnLabel(asKeyword, 'a', work, { task: null, isMailbox: false });
  expect(log).toEqual([{ ...aLabel, id: 'a', state: 'done', back: null }]);
  const asMailbox = logLabel(noActs, { ...aLabel, id: 'a', task: 'a', relabel: work });
  const made = learnLabel(asMailbox, 'a', work, { task: null, isMailbox: true });
  expect(made.log).toMatchObject([{ back: [{ type: 'create', name: 'Work' }] }]);
  expect(Object.keys(made.log[0] ?? {})).not.toContain('task');
});

test('a renaming that turns out to be of a mailbox, when it was taken back already, is to be turned around as one', () => {
  const undone = turnTask(logLabel(noActs, { ...aLabel, id: 'a', task: 'a' }), 'a', 'back');
  const { log } = learnLabel(undone, 'a', { from: 'Work', to: 'Office' }, { task: null, isMailbox: true });
  expect(log).toMatchObject([{ state: 'done', relabel: { from: 'Work', to: 'Office' } }]);
  expect(Object.keys(log[0] ?? {})).not.toContain('task');
});

test('a task that has nothing to take back leaves what is remembered of its label', () => {
  expect(dropTask(logLabel(noActs, { ...aLabel, id: 'a', task: 'a' }), 'a').log).toMatchObject([
    { id: 'a', labels: aLabel.labels },
  ]);
  expect(dropTask(logTask(noActs, 'a'), 'a').log).toEqual([]);
});

test('what is done after an act on thousands is not sent before it', () => {
  const state = enqueue(doing(noActs, 'a', star(1)), {
    id: 'b',
    changes: [{ id: 'b1', again: false, change: move(5) }],
    said: 'b',
    after: ['bulk'],
  });
  const limits = { changes: 20, messages: 1000 };
  expect(nextBatch(state, limits, (id) => id === 'bulk').map(({ change }) => change)).toEqual([star(1)]);
  expect(nextBatch(state, limits, () => false).map(({ change }) => change)).toEqual([star(1), move(5)]);
});
