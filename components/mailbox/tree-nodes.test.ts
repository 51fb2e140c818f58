import { expect, test } from 'vitest';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import { toTreeNodes } from './tree-nodes.ts';

function aMailbox(path: string, more: Partial<Mailbox> = {}): Mailbox {
  const cut = path.lastIndexOf('/');
  const parent = cut > 0 ? path.slice(0, cut) : null;
  const rest = { delimiter: '/', role: null, selectable: true, subscribed: true, canHoldMailboxes: true, counts: null };
  return { path, name: path.slice(cut + 1), parent, ...rest, ...more };
}

const byName = ({ name }: Mailbox) => name;

test('special uses come first, then names in the order of the language, numbers by value', () => {
  const boxes = ['Zoo', 'Äpfel', 'Box 10', 'Box 9'].map((path) => aMailbox(path));
  const all = [...boxes, aMailbox('Trash', { role: 'trash' }), aMailbox('INBOX', { role: 'inbox' })];
  const names = toTreeNodes(all, () => true, byName, 'de').map(({ mailbox }) => mailbox.path);
  expect(names).toEqual(['INBOX', 'Trash', 'Äpfel', 'Box 9', 'Box 10', 'Zoo']);
});

test('a folded parent hides what is below it, and places are counted among siblings', () => {
  const all = [aMailbox('A'), aMailbox('A/b'), aMailbox('A/b/c'), aMailbox('D')];
  const folded = toTreeNodes(all, (path) => path === 'A', byName, 'en');
  expect(folded.map(({ mailbox, level }) => `${mailbox.path}:${level}`)).toEqual(['A:1', 'A/b:2', 'D:1']);
  expect(folded[0]).toMatchObject({ position: 1, siblings: 2, isParent: true, isExpanded: true });
  expect(folded[1]).toMatchObject({ isParent: true, isExpanded: false });
});

test('a thousand mailboxes are laid out in well under a frame', () => {
  const all = Array.from({ length: 1000 }, (_, index) =>
    aMailbox(`Top ${index % 40}${index >= 40 ? `/Sub ${index}` : ''}`),
  );
  const started = performance.now();
  expect(toTreeNodes(all, () => true, byName, 'en')).toHaveLength(1000);
  expect(performance.now() - started).toBeLessThan(200);
});
