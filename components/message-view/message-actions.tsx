import {
  ArrowLeft,
  ChevronDown,
  ChevronUp,
  Download,
  FileCode,
  List,
  MoreHorizontal,
  Palette,
  Printer,
  Type,
} from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { CommandContext } from '#components/commands/command.ts';
import { next } from '#components/commands/next.ts';
import { previous } from '#components/commands/previous.ts';
import { messageMoreCommands } from '#components/commands/registry.ts';
import { runCommand } from '#components/commands/run-command.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu, MenuItem, MenuLink, MenuSeparator } from '#components/ui/menu.tsx';
import { closeMessage } from '#lib/client/location.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';
import { MessageVerbs } from './message-verbs.tsx';
import { partAddress } from './part-address.ts';

interface Props {
  message: MessageDetail | null;
  /** Aimed at the message. */
  context: CommandContext;
  isPlain: boolean;
  isDark: boolean;
  /** Null where there is nothing to choose. */
  onTogglePlain: (() => void) | null;
  onToggleDark: (() => void) | null;
  onShowHeaders: () => void;
  onShowSource: () => void;
  onPrint: () => void;
}

/** The open message's verbs. */
export function MessageActions({ message, context, isPlain, isDark, ...on }: Props) {
  const t = useTranslations('message');
  const commands = useTranslations('commands');
  return (
    <header className="no-print flex h-11 shrink-0 items-center gap-1 border-b border-line ps-3 pe-2 pointer-coarse:h-14">
      <IconButton
        icon={ArrowLeft}
        label={commands('close')}
        className="-ms-1.5 rtl:-scale-x-100"
        onClick={closeMessage}
      />
      <div className="flex items-center gap-1 max-two:hidden">
        <MessageVerbs context={context} withWords />
      </div>
      <span className="flex-1" />
      <div className="flex gap-1 two:@max-md:hidden">
        <IconButton icon={ChevronUp} label={commands('previous')} onClick={() => previous.run(context)} />
        <IconButton icon={ChevronDown} label={commands('next')} onClick={() => next.run(context)} />
      </div>
      <Menu trigger={<IconButton icon={MoreHorizontal} label={t('more')} disabled={!message} />}>
        {messageMoreCommands
          .filter((command) => command.isShown(context))
          .map((command) => (
            <MenuItem key={command.id} icon={command.icon} onSelect={() => void runCommand(command, context)}>
              {commands(command.id)}
            </MenuItem>
          ))}
        <MenuSeparator />
        <MenuItem icon={List} onSelect={on.onShowHeaders}>
          {t('showHeaders')}
        </MenuItem>
        <MenuItem icon={FileCode} onSelect={on.onShowSource}>
          {t('showSource')}
        </MenuItem>
        {on.onTogglePlain ? (
          <MenuItem icon={Type} onSelect={on.onTogglePlain}>
            {isPlain ? t('showHtml') : t('showPlain')}
          </MenuItem>
        ) : null}
        {on.onToggleDark ? (
          <MenuItem icon={Palette} onSelect={on.onToggleDark}>
            {isDark ? t('showAsSent') : t('showDark')}
          </MenuItem>
        ) : null}
        <MenuSeparator />
        {message ? (
          <MenuLink icon={Download} href={partAddress(message, 'source')} download>
            {t('downloadMessage')}
          </MenuLink>
        ) : null}
        <MenuItem icon={Printer} onSelect={on.onPrint}>
          {t('print')}
        </MenuItem>
      </Menu>
    </header>
  );
}
