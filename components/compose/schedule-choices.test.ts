import { expect, test } from 'vitest';
import { scheduleChoices } from './schedule-choices.ts';

const idsAt = (date: Date) => scheduleChoices(date).map(({ id }) => id);

test('choices lie ahead and name no day twice', () => {
  const wednesday = new Date(2026, 10, 25, 10, 30);
  const sunday = new Date(2026, 10, 29, 20);
  expect(idsAt(wednesday)).toEqual(['later-today', 'tomorrow-morning', 'tomorrow-afternoon', 'monday-morning']);
  expect(idsAt(sunday)).toEqual(['tomorrow-morning', 'tomorrow-afternoon']);
  for (const now of [wednesday, sunday]) {
    for (const { at } of scheduleChoices(now)) expect(Date.parse(at)).toBeGreaterThan(now.getTime());
  }
  expect(new Date(scheduleChoices(wednesday).at(-1)?.at ?? '').getDay()).toBe(1);
});
