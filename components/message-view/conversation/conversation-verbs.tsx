import type { CommandContext } from '#components/commands/command.ts';
import { conversationMorePlaces, conversationPlaces } from '#components/commands/registry.ts';
import { FittingVerbs } from '../fitting-verbs.tsx';

const places = [...conversationPlaces, ...conversationMorePlaces];

/** What can be done with the whole conversation. `context` is aimed at all of it that lies in this mailbox. */
export function ConversationVerbs({ context, withWords }: { context: CommandContext; withWords?: boolean }) {
  return <FittingVerbs places={places} context={context} {...(withWords ? { withWords } : {})} />;
}
