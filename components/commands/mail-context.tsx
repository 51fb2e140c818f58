import { createContext, useContext, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { showToast } from '#lib/client/toasts.ts';
import { useChange } from '#lib/client/use-change.ts';
import { useMailboxes } from '#lib/client/use-mailboxes.ts';
import { useMessageList } from '#lib/client/use-message-list.ts';
import { useSelection } from '#lib/client/use-selection.ts';
import { isMailError } from '#lib/errors.ts';
import type { CommandContext } from './command.ts';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';

const Context = createContext<CommandContext | null>(null);

/** The open mailbox with its list and selection, shared by list, message, toolbar and keys. */
export function useMailContext(): CommandContext {
  const context = useContext(Context);
  if (!context) throw new Error('useMailContext is for components inside MailContextProvider');
  return context;
}

export function MailContextProvider({
  mailbox,
  openUid,
  children,
}: {
  mailbox: string;
  openUid: number | null;
  children: ReactNode;
}) {
  const t = useTranslations('list');
  const errors = useTranslations('errors');
  const list = useMessageList(mailbox);
  const selection = useSelection(mailbox);
  const change = useChange();
  const { mailboxes, retry } = useMailboxes();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const context = useMemo((): CommandContext => {
    const single = selection.focusUid ?? openUid;
    const selected = [...selection.uids];
    const uids = selected.length > 0 ? selected : single === null ? [] : [single];
    const rows = uids.flatMap((uid) => {
      const index = list.indexOf(uid);
      return (index === null ? undefined : list.rowAt(index)) ?? [];
    });
    return {
      mailbox,
      mailboxes,
      list,
      selection,
      openUid,
      target: { uids, rows },
      change,
      refresh() {
        retry();
        list.resync().then(
          (count) => showToast({ kind: 'info', text: t('refreshed', { count }) }),
          (error: unknown) => {
            const code = isMailError(error) ? error.code : 'unexpected';
            showToast({ kind: 'error', text: errors('changeFailed', { reason: errors(code) }) });
          },
        );
      },
      showShortcuts: () => setHelpOpen(true),
    };
  }, [mailbox, mailboxes, list, selection, openUid, change, retry, t, errors]);
  return (
    <Context value={context}>
      {children}
      {isHelpOpen ? <ShortcutsDialog onClose={() => setHelpOpen(false)} /> : null}
    </Context>
  );
}
