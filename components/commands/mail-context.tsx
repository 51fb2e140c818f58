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
import type { CommandDialog } from './command-dialogs.tsx';
import { CommandDialogs } from './command-dialogs.tsx';

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
  const [dialog, setDialog] = useState<CommandDialog | null>(null);
  const context = useMemo((): CommandContext => {
    const openId = openUid;
    const openRef = openId === null ? null : list.refOf(openId);
    const single = selection.focusId ?? openId;
    const selected = [...selection.ids];
    const ids = selected.length > 0 ? selected : single === null ? [] : [single];
    const rows = ids.flatMap((id) => {
      const index = list.indexOf(id);
      return (index === null ? undefined : list.rowAt(index)) ?? [];
    });
    return {
      mailbox,
      mailboxes,
      list,
      selection,
      openRef,
      openId,
      target: { messages: ids.flatMap((id) => list.refOf(id) ?? []), rows },
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
      showShortcuts: () => setDialog('shortcuts'),
      showPalette: () => setDialog('palette'),
    };
  }, [mailbox, mailboxes, list, selection, openUid, change, retry, t, errors]);
  return (
    <Context value={context}>
      {children}
      <CommandDialogs shown={dialog} onClose={() => setDialog(null)} />
    </Context>
  );
}
