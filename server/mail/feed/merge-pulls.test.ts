import { expect, test } from 'vitest';
import type { MailEvent } from '#lib/mail/event.ts';
import { mergePulls } from './merge-pulls.ts';

const arrived = (omitted: number): MailEvent => ({
  type: 'messages-arrived',
  mailbox: 'INBOX',
  uidValidity: 1,
  messages: [],
  omitted,
});

test('asked for thrice while it runs a mailbox is pulled once more, and everybody hears all', async () => {
  const first = Promise.withResolvers<MailEvent[]>();
  let times = 0;
  const pull = mergePulls(() => (++times === 1 ? first.promise : Promise.resolve([arrived(times)])));
  const asked = [pull('INBOX'), pull('INBOX'), pull('INBOX'), pull('INBOX')];
  first.resolve([arrived(1)]);
  for (const events of await Promise.all(asked)) expect(events).toEqual([arrived(1), arrived(2)]);
  expect(times).toBe(2);
});

test('another mailbox does not wait, and after a failure the next pull begins anew', async () => {
  const first = Promise.withResolvers<MailEvent[]>();
  let isFirst = true;
  const pull = mergePulls((path) => {
    if (path !== 'INBOX' || !isFirst) return Promise.resolve([]);
    isFirst = false;
    return first.promise;
  });
  const failing = pull('INBOX');
  expect(await pull('Sent')).toEqual([]);
  first.reject(new Error('The line is gone.'));
  await expect(failing).rejects.toThrow('The line is gone.');
  expect(await pull('INBOX')).toEqual([]);
});
