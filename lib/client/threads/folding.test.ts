import { expect, test } from 'vitest';
import { firstInView, withArrived } from './folding.ts';

const messages = (...unread: boolean[]) => unread.map((isUnread, index) => ({ key: `${index}`, isUnread }));
const shown = (folding: ReadonlyMap<string, boolean>) =>
  [...folding]
    .filter(([, isShown]) => isShown)
    .map(([key]) => key)
    .toSorted();

test('read ones are folded, what is unread is shown, and so are the newest and the one that was asked for', () => {
  expect(shown(withArrived(new Map(), messages(false, true, false, false, false), '3'))).toEqual(['1', '3', '4']);
});

test('of many unread ones only the newest unfold by themselves', () => {
  const many = messages(...Array.from({ length: 20 }, () => true));
  expect(shown(withArrived(new Map(), many, '19'))).toEqual(['12', '13', '14', '15', '16', '17', '18', '19']);
});

test('what was read or folded by hand stays as it is when another arrives', () => {
  const first = withArrived(new Map(), messages(false, true, false), '2');
  const folded = new Map(first).set('2', false);
  expect(shown(withArrived(folded, messages(false, false, false, true), '2'))).toEqual(['1', '3']);
  expect(withArrived(folded, messages(false, false, false), '2')).toBe(folded);
});

test('the newest unread message is brought into view, else the newest', () => {
  expect(firstInView(messages(true, false, true, false))).toBe('2');
  expect(firstInView(messages(false, false))).toBe('1');
  expect(firstInView([])).toBeNull();
});
