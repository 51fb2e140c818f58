import { ArrowLeft, ChevronDown, ChevronUp } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { CommandContext } from '#components/commands/command.ts';
import { next } from '#components/commands/next.ts';
import { previous } from '#components/commands/previous.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { closeMessage } from '#lib/client/location.ts';
import { ConversationVerbs } from './conversation-verbs.tsx';

/** The open conversation's bar. `context` is aimed at all of it that lies in this mailbox. */
export function ConversationActions({ context }: { context: CommandContext }) {
  const commands = useTranslations('commands');
  const words = useTranslations('conversation');
  return (
    <header className="no-print flex h-11 shrink-0 items-center gap-1 border-b border-line ps-3 pe-2 pointer-coarse:h-14">
      <IconButton
        icon={ArrowLeft}
        label={commands('close')}
        className="-ms-1.5 rtl:-scale-x-100"
        onClick={closeMessage}
      />
      <div role="group" aria-label={words('verbs')} className="flex min-w-0 flex-1 items-center max-two:hidden">
        <ConversationVerbs context={context} withWords />
      </div>
      <span className="flex-1 two:hidden" />
      <div className="flex gap-1 two:@max-md:hidden">
        <IconButton icon={ChevronUp} label={words('previous')} onClick={() => previous.run(context)} />
        <IconButton icon={ChevronDown} label={words('next')} onClick={() => next.run(context)} />
      </div>
    </header>
  );
}
