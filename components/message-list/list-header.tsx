import { Menu as MenuIcon, MoreHorizontal, X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { CommandButton } from '#components/commands/command-button.tsx';
import { CommandMenuItems } from '#components/commands/command-menu-items.tsx';
import { CommandToolbar } from '#components/commands/command-toolbar.tsx';
import { useMailContext } from '#components/commands/mail-context.tsx';
import { listPlace } from '#components/commands/registry.ts';
import { refresh } from '#components/commands/refresh.ts';
import { SearchBox } from '#components/search/search-box.tsx';
import { ConnectionStatus } from '#components/shell/connection-status.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu } from '#components/ui/menu.tsx';
import type { MailboxCounts, MailboxRole } from '#lib/mail/mailbox.ts';

const refreshPlace = [refresh];

/**
 * The mailbox's name and counts, or what is selected; where it is narrow, the verbs take the search's place while
 * something is selected.
 */
export function ListHeader({
  name,
  role,
  counts,
  onOpenFolders,
}: {
  name: string;
  role: MailboxRole | null;
  counts: MailboxCounts | null;
  onOpenFolders: () => void;
}) {
  const t = useTranslations('list');
  const commands = useTranslations('commands');
  const shell = useTranslations('shell');
  const searching = useTranslations('search');
  const context = useMailContext();
  const { list, selection, search } = context;
  const selected = selection.ids.size;
  const unread = role === 'drafts' ? 0 : (counts?.unseen ?? 0);
  return (
    <header className="@container relative flex h-11 shrink-0 items-center gap-1 border-b border-line ps-3 pe-2 pointer-coarse:h-14">
      <IconButton
        icon={MenuIcon}
        label={shell('folders')}
        className="-ms-1.5 max-two:hidden three:hidden"
        onClick={onOpenFolders}
      />
      {selected > 0 ? (
        <>
          <IconButton icon={X} label={commands('clear-selection')} className="-ms-1.5" onClick={selection.clear} />
          <p className="min-w-0 flex-1 truncate text-list font-semibold" aria-live="polite">
            {t('selected', { count: selected })}
          </p>
        </>
      ) : search ? (
        <h1 className="sr-only">{searching('resultsTitle')}</h1>
      ) : (
        <div className="flex max-w-[60%] min-w-12 shrink items-baseline gap-2 pe-1">
          <ConnectionStatus isDot className="self-center pe-0.5 three:hidden" />
          <h1 className="min-w-0 truncate text-title font-semibold" dir="auto">
            {name}
          </h1>
          <p className="shrink-0 text-small text-muted tabular-nums @max-md:sr-only">
            {unread > 0
              ? t('unreadCount', { count: unread })
              : list.status === 'ready'
                ? t('count', { count: list.total })
                : null}
          </p>
        </div>
      )}
      <div className={selected > 0 ? 'contents @max-3xl:hidden' : 'contents'}>
        <SearchBox key={context.mailbox} name={name} />
      </div>
      {selected > 0 ? null : (
        <div className="contents max-two:hidden">
          <CommandButton place={listPlace} context={context} />
        </div>
      )}
      <div className={selected > 0 ? '' : '@max-3xl:hidden'}>
        <CommandToolbar />
      </div>
      {selected > 0 ? (
        <div className="hidden pointer-coarse:@max-lg:block">
          <Menu trigger={<IconButton icon={MoreHorizontal} label={shell('more')} />}>
            <CommandMenuItems context={context} />
          </Menu>
        </div>
      ) : (
        <div className="max-two:hidden @3xl:hidden">
          <CommandButton place={refreshPlace} context={context} />
        </div>
      )}
    </header>
  );
}
