import type { CommandContext, WhyNot } from './command.ts';

// Common answers to `isShown` and `whyNot`.

export const always = () => true;
export const possible = () => null;

export function nothingChosen({ target }: CommandContext): WhyNot | null {
  return target.count > 0 ? null : 'nothing-chosen';
}

/** Rights that RFC 4314 section 2.1 asks for. */
export const toMove = 'te';
export const toMarkSeen = 's';
export const toMark = 'w';
export const toReplace = 'ite';

/** There is something chosen, and whoever shares the mailbox allows it. */
export const nothingOrRefused = (needed: string) => (context: CommandContext) =>
  nothingChosen(context) ?? refused(context, needed);

/** Of what lies in other mailboxes, as results of a search may, the server says it when it is asked. */
export function refused(context: CommandContext, needed: string): WhyNot | null {
  return context.target.mailboxes.every((path) => path === context.mailbox) ? refusedHere(context, needed) : null;
}

export function refusedHere({ rights }: CommandContext, needed: string): WhyNot | null {
  return rights === null || [...needed].every((right) => rights.includes(right)) ? null : 'not-allowed';
}

export function noMessages({ list }: CommandContext): WhyNot | null {
  return list.messages > 0 ? null : 'no-messages';
}
