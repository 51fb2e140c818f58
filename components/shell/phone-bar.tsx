import { Folder, Inbox, MoreHorizontal, Settings } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { useTranslations } from 'use-intl';
import { useMailContext } from '#components/commands/mail-context.tsx';
import { barCommands, barMoreCommands } from '#components/commands/registry.ts';
import { runCommand } from '#components/commands/run-command.ts';
import { Icon } from '#components/ui/icon.tsx';
import { Menu, MenuItem } from '#components/ui/menu.tsx';
import { goToPage } from '#lib/client/layers.ts';
import { openMailbox } from '#lib/client/location.ts';

/** The phone's bar under the list: where to go and what to begin, within the thumb's reach. */
export function PhoneBar({ onOpenFolders }: { onOpenFolders: () => void }) {
  const t = useTranslations('shell');
  const mailboxNames = useTranslations('mailbox');
  const names = useTranslations('commands');
  const context = useMailContext();
  const { mailbox, mailboxes } = context;
  const inbox = mailboxes.find(({ role }) => role === 'inbox')?.path ?? 'INBOX';
  function goToInbox(): void {
    if (mailbox !== inbox) return openMailbox(inbox);
    document.querySelector('#messages')?.scrollTo({ top: 0 });
  }
  return (
    <nav
      aria-label={t('phoneBar')}
      className="no-print flex shrink-0 border-t border-line bg-canvas pb-[env(safe-area-inset-bottom)] two:hidden"
    >
      <BarButton
        icon={Inbox}
        label={mailboxNames('inbox')}
        aria-current={mailbox === inbox ? 'page' : undefined}
        onClick={goToInbox}
      />
      <BarButton icon={Folder} label={t('folders')} onClick={onOpenFolders} />
      {barCommands
        .filter((command) => command.isShown(context))
        .map((command) => (
          <BarButton
            key={command.id}
            icon={command.icon}
            label={names(command.id)}
            aria-disabled={command.whyNot(context) !== null}
            onClick={() => void runCommand(command, context)}
          />
        ))}
      <Menu trigger={<BarButton icon={MoreHorizontal} label={t('more')} />}>
        {barMoreCommands
          .filter((command) => command.isShown(context))
          .map((command) => (
            <MenuItem key={command.id} icon={command.icon} onSelect={() => void runCommand(command, context)}>
              {names(command.id)}
            </MenuItem>
          ))}
        <MenuItem icon={Settings} onSelect={() => goToPage('/settings/reading')}>
          {t('settings')}
        </MenuItem>
      </Menu>
    </nav>
  );
}

function BarButton({ icon, label, ...rest }: ComponentProps<'button'> & { icon: LucideIcon; label: string }) {
  return (
    <button
      type="button"
      className="flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-1 px-1 text-tiny text-muted active:bg-pressed aria-[current=page]:text-accent"
      {...rest}
    >
      <Icon of={icon} size={22} />
      <span className="max-w-full truncate">{label}</span>
    </button>
  );
}
