import { ArrowLeft, ChevronDown, ChevronUp } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { CommandContext } from '#components/commands/command.ts';
import { next } from '#components/commands/next.ts';
import { previous } from '#components/commands/previous.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { closeMessage } from '#lib/client/location.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';
import { MessageMenu } from './message-menu.tsx';
import type { MenuChoices } from './message-menu.tsx';
import { MessageVerbs } from './message-verbs.tsx';

interface Props extends MenuChoices {
  message: MessageDetail | null;
  /** Aimed at the message. */
  context: CommandContext;
}

/** The open message's verbs. */
export function MessageActions({ message, context, ...on }: Props) {
  const commands = useTranslations('commands');
  return (
    <header className="no-print flex h-11 shrink-0 items-center gap-1 border-b border-line ps-3 pe-2 pointer-coarse:h-14">
      <IconButton
        icon={ArrowLeft}
        label={commands('close')}
        className="-ms-1.5 rtl:-scale-x-100"
        onClick={closeMessage}
      />
      <div className="flex min-w-0 flex-1 items-center max-two:hidden">
        <MessageVerbs context={context} withWords />
      </div>
      <span className="flex-1 two:hidden" />
      <div className="flex gap-1 two:@max-md:hidden">
        <IconButton icon={ChevronUp} label={commands('previous')} onClick={() => previous.run(context)} />
        <IconButton icon={ChevronDown} label={commands('next')} onClick={() => next.run(context)} />
      </div>
      <MessageMenu message={message} context={context} {...on} />
    </header>
  );
}
