import { useTranslations } from 'use-intl';
import type { CommandContext } from '#components/commands/command.ts';
import { CommandButton } from '#components/commands/command-button.tsx';
import { answerPlaces } from '#components/commands/registry.ts';
import { StarButton } from '../star-button.tsx';

/** What is done with one message of a conversation. */
export function AnswerVerbs({ context }: { context: CommandContext }) {
  const words = useTranslations('conversation');
  return (
    <div role="group" aria-label={words('messageVerbs')} className="flex items-center gap-1">
      {answerPlaces.map((place) => (
        <CommandButton key={place[0]?.id} place={place} context={context} withWords />
      ))}
      <StarButton context={context} />
    </div>
  );
}
