import { useTranslations } from 'use-intl';
import type { CommandContext } from '#components/commands/command.ts';
import { ReadingBar } from '../reading-bar.tsx';
import { ConversationVerbs } from './conversation-verbs.tsx';

/** The open conversation's bar. `context` is aimed at all of it that lies in this mailbox. */
export function ConversationActions({ context }: { context: CommandContext }) {
  const words = useTranslations('conversation');
  return (
    <ReadingBar context={context} words={{ previous: words('previous'), next: words('next') }}>
      <div role="group" aria-label={words('verbs')} className="flex min-w-0 flex-1 items-center max-two:hidden">
        <ConversationVerbs context={context} withWords />
      </div>
    </ReadingBar>
  );
}
