import { expect, test } from 'vitest';
import { snoozeChoices } from './snooze-choices.ts';

const idsAt = (...date: [number, number, number, number]) => snoozeChoices(new Date(...date)).map(({ id }) => id);

test('choices lie ahead and name no day twice', () => {
  expect(idsAt(2026, 10, 25, 10)).toEqual(['later-today', 'tomorrow', 'weekend', 'next-week']); // Wednesday
  expect(idsAt(2026, 10, 27, 16)).toEqual(['tomorrow', 'next-week']); // Friday
  expect(idsAt(2026, 10, 28, 16)).toEqual(['tomorrow', 'next-week']); // Saturday
  expect(idsAt(2026, 10, 29, 16)).toEqual(['tomorrow']); // Sunday
  for (let day = 22; day < 30; day += 1) {
    for (const hour of [0, 8, 14, 15, 23]) {
      const now = new Date(2026, 10, day, hour, 59);
      const choices = snoozeChoices(now).map(({ at }) => new Date(at));
      for (const at of choices) expect(at.getTime()).toBeGreaterThan(now.getTime());
      expect(new Set(choices.map((at) => at.toDateString())).size).toBe(choices.length);
    }
  }
});
