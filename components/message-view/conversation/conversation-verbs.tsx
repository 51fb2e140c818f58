import type { CommandContext } from '#components/commands/command.ts';
import { CommandButton } from '#components/commands/command-button.tsx';
import { conversationMorePlaces, conversationPlaces } from '#components/commands/registry.ts';
import { StarButton } from '../star-button.tsx';

/** What can be done with the whole conversation: at the top of it, on a phone at its foot. */
export function ConversationVerbs({ context, withWords = false }: { context: CommandContext; withWords?: boolean }) {
  return (
    <>
      {conversationPlaces.map((place) => (
        <CommandButton key={place[0]?.id} place={place} context={context} withWords={withWords} />
      ))}
      {conversationMorePlaces.map((place) => (
        <CommandButton key={place[0]?.id} place={place} context={context} />
      ))}
      <StarButton context={context} withWords={withWords} />
    </>
  );
}
