import type { CommandContext, WhyNot } from './command.ts';

// Common answers to `isShown` and `whyNot`.

export const always = () => true;
export const possible = () => null;

export function nothingChosen({ target }: CommandContext): WhyNot | null {
  return target.count > 0 ? null : 'nothing-chosen';
}

export function noMessages({ list }: CommandContext): WhyNot | null {
  return list.messages > 0 ? null : 'no-messages';
}
