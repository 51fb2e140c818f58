import { useTranslations } from 'use-intl';
import type { CommandContext } from '#components/commands/command.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';
import { MessageMenu } from './message-menu.tsx';
import type { MenuChoices } from './message-menu.tsx';
import { MessageVerbs } from './message-verbs.tsx';
import { ReadingBar } from './reading-bar.tsx';

interface Props extends MenuChoices {
  message: MessageDetail | null;
  /** Aimed at the message. */
  context: CommandContext;
}

/** The open message's verbs. */
export function MessageActions({ message, context, ...on }: Props) {
  const commands = useTranslations('commands');
  return (
    <ReadingBar
      context={context}
      words={{ previous: commands('previous'), next: commands('next') }}
      menu={<MessageMenu message={message} context={context} {...on} />}
    >
      <div className="flex min-w-0 flex-1 items-center max-two:hidden">
        <MessageVerbs context={context} withWords />
      </div>
    </ReadingBar>
  );
}
