import { expect, test } from 'vitest';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import { overlayTree } from './pending-tree.ts';

function aMailbox(path: string, more: Partial<Mailbox> = {}): Mailbox {
  const cut = path.lastIndexOf('/');
  const rest = { delimiter: '/', role: null, selectable: true, subscribed: true, canHoldMailboxes: true, counts: null };
  return { path, name: path.slice(cut + 1), parent: cut > 0 ? path.slice(0, cut) : null, ...rest, ...more };
}

const tree = [
  aMailbox('INBOX', { role: 'inbox' }),
  aMailbox('Trash', { role: 'trash' }),
  aMailbox('A'),
  aMailbox('A/b'),
];
const shown = (mailboxes: Mailbox[]) => mailboxes.map(({ path, isPending }) => (isPending ? `${path}…` : path));

test('what is being made shows at its place, once', () => {
  const made = overlayTree(tree, [{ type: 'create', parent: 'A', name: 'c' }]);
  expect(shown(made)).toEqual(['INBOX', 'Trash', 'A', 'A/b', 'A/c…']);
  expect(overlayTree(made, [{ type: 'create', parent: 'A', name: 'c' }])).toBe(made);
});

test('what is renamed takes along what is inside, and two changes follow each other', () => {
  const renamed = overlayTree(tree, [
    { type: 'rename', path: 'A', parent: null, name: 'Z' },
    { type: 'rename', path: 'Z/b', parent: null, name: 'b' },
  ]);
  expect(shown(renamed)).toEqual(['INBOX', 'Trash', 'Z…', 'b…']);
});

test('what is deleted goes below the trash or away, with all inside', () => {
  const trashed = overlayTree(tree, [{ type: 'delete', path: 'A', how: 'to-trash' }]);
  expect(shown(trashed)).toEqual(['INBOX', 'Trash', 'Trash/A…', 'Trash/A/b…']);
  expect(trashed[3]?.parent).toBe('Trash/A');
  const gone = overlayTree(tree, [{ type: 'delete', path: 'A', how: 'for-good' }]);
  expect(shown(gone)).toEqual(['INBOX', 'Trash']);
});

test('a special use belongs to one mailbox', () => {
  const given = overlayTree(tree, [{ type: 'set-role', role: 'trash', path: 'A' }]);
  expect(given.map(({ role }) => role)).toEqual(['inbox', null, 'trash', null]);
});

test('nothing under way is the same array', () => {
  expect(overlayTree(tree, [])).toBe(tree);
});
