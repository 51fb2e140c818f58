import { Download, FileCode, List, MoreHorizontal, Palette, Printer, Type } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Command, CommandContext } from '#components/commands/command.ts';
import { messageMoreCommands } from '#components/commands/registry.ts';
import { runCommand } from '#components/commands/run-command.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu, MenuItem, MenuLink, MenuSeparator } from '#components/ui/menu.tsx';
import type { MessageDetail } from '#lib/mail/message-detail.ts';
import { partAddress } from './part-address.ts';

/** How a message is shown, and what else can be shown of it. */
export interface MenuChoices {
  isPlain: boolean;
  isDark: boolean;
  /** Null where there is nothing to choose. */
  onTogglePlain: (() => void) | null;
  onToggleDark: (() => void) | null;
  onShowHeaders: () => void;
  onShowSource: () => void;
  onPrint: () => void;
}

interface Props extends MenuChoices {
  message: MessageDetail | null;
  /** Aimed at the message. */
  context: CommandContext;
  /** Besides those of every message. */
  more?: readonly Command[];
}

const none: readonly Command[] = [];

/** What is done with a message more seldom. */
export function MessageMenu({ message, context, isPlain, isDark, more = none, ...on }: Props) {
  const t = useTranslations('message');
  const commands = useTranslations('commands');
  return (
    <Menu trigger={<IconButton icon={MoreHorizontal} label={t('more')} disabled={!message} />}>
      {[...messageMoreCommands, ...more]
        .filter((command) => command.isShown(context) && command.whyNot(context) === null)
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
  );
}
