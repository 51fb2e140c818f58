import type { Random } from '../mailbox/random.ts';

/** Picks one, each as likely as its weight says. */
export function weighted<T extends { weight: number }>(list: readonly T[], random: Random): T {
  let rest = random.next() * list.reduce((sum, { weight }) => sum + weight, 0);
  for (const item of list) {
    rest -= item.weight;
    if (rest < 0) return item;
  }
  return random.pick(list);
}
