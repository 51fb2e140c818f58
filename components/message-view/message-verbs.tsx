import { CommandButton } from '#components/commands/command-button.tsx';
import type { CommandContext } from '#components/commands/command.ts';
import { messagePlaces } from '#components/commands/registry.ts';
import { StarButton } from './star-button.tsx';

/** What can be done with the open message: at the top of it, on a phone at its foot. `context` is aimed at it. */
export function MessageVerbs({ context, withWords = false }: { context: CommandContext; withWords?: boolean }) {
  return (
    <>
      {messagePlaces.map((place) => (
        <CommandButton key={place[0]?.id} place={place} context={context} withWords={withWords} />
      ))}
      <StarButton context={context} withWords={withWords} />
    </>
  );
}
