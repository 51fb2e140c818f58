import type { CommandContext } from '#components/commands/command.ts';
import { messagePlaces } from '#components/commands/registry.ts';
import { FittingVerbs } from './fitting-verbs.tsx';

/** What can be done with the open message. `context` is aimed at it. */
export function MessageVerbs({ context, withWords }: { context: CommandContext; withWords?: boolean }) {
  return <FittingVerbs places={messagePlaces} context={context} {...(withWords ? { withWords } : {})} />;
}
