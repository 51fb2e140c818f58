import { PanelLeftClose, PanelLeftOpen, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { ComposeButton } from '#components/compose/compose-button.tsx';
import { MailboxTree } from '#components/mailbox/mailbox-tree.tsx';
import { QuotaMeter } from '#components/mailbox/quota-meter.tsx';
import { OutboxButton } from '#components/outbox/outbox-button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { useLayer } from '#components/ui/use-layer.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';
import { AccountMenu } from './account-menu.tsx';
import { Bird } from './bird.tsx';
import { ConnectionStatus } from './connection-status.tsx';

/** Folders, storage, account and connection: a pane where there is room, else a drawer over the list. */
export function FoldersPane({
  mailbox,
  address,
  isOpen,
  onClose,
}: {
  mailbox: string | null;
  address: string;
  isOpen: boolean;
  onClose: () => void;
}) {
  const t = useTranslations('shell');
  const { preferences, set } = usePreferences();
  const { foldersAsIcons } = preferences;
  const pane = useRef<HTMLElement>(null);
  useLayer(isOpen, onClose);
  useEffect(() => {
    if (!isOpen) return;
    pane.current?.querySelector<HTMLElement>('[role=treeitem][tabindex="0"]')?.focus();
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onClose();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [isOpen, onClose]);
  return (
    <>
      {isOpen ? <div className="fixed inset-0 z-30 bg-scrim three:hidden" onClick={onClose} /> : null}
      <nav
        ref={pane}
        aria-label={t('foldersNavigation')}
        className={`no-print z-40 min-h-0 flex-col bg-canvas max-three:fixed max-three:inset-y-0 max-three:start-0 max-three:w-[min(300px,86vw)] max-three:shadow-float three:flex ${isOpen ? 'flex' : 'hidden'}`}
      >
        <div className="flex h-11 shrink-0 items-center gap-2 ps-4 pe-2 text-accent pointer-coarse:h-14 rail:h-auto rail:flex-col rail:gap-1 rail:px-0 rail:pt-2">
          <Bird />
          <span className="text-title font-semibold tracking-tight text-ink rail:hidden">Pipit</span>
          <ConnectionStatus className="flex-1 ps-1 max-three:invisible rail:flex-none rail:ps-0" />
          <IconButton
            icon={foldersAsIcons ? PanelLeftOpen : PanelLeftClose}
            label={foldersAsIcons ? t('foldersAsNames') : t('foldersAsIcons')}
            className="max-three:hidden rtl:-scale-x-100"
            onClick={() => void set({ foldersAsIcons: !foldersAsIcons })}
          />
          <IconButton icon={X} label={t('closeFolders')} className="three:hidden" onClick={onClose} />
        </div>
        <ComposeButton onOpen={onClose} />
        <OutboxButton />
        <div data-mailbox-top="" className="min-h-0 flex-1 overflow-y-auto">
          <MailboxTree current={mailbox} onOpen={onClose} />
        </div>
        <div className="rail:hidden">
          <QuotaMeter />
        </div>
        <div className="flex border-t border-line p-1.5 pb-[max(6px,env(safe-area-inset-bottom))] *:min-w-0 *:flex-1">
          <AccountMenu address={address} />
        </div>
      </nav>
    </>
  );
}
