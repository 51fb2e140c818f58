import type { SwipeAct } from '#lib/mail/preferences.ts';
import type { Command, CommandContext } from './command.ts';
import { commands } from './registry.ts';

/** The commands a swipe may run: of those that exclude each other the first that is shown and possible. */
const idsOf: Record<SwipeAct, readonly string[]> = {
  archive: ['archive'],
  delete: ['delete'],
  read: ['mark-read', 'mark-unread'],
  star: ['star', 'unstar'],
  move: ['move-to'],
  nothing: [],
};

/** What a swipe would do to what the context is aimed at; null where it does nothing. */
export function swipeCommand(act: SwipeAct, context: CommandContext): Command | null {
  const its = commands.filter(({ id }) => idsOf[act].includes(id));
  return its.find((command) => command.isShown(context) && command.whyNot(context) === null) ?? null;
}
