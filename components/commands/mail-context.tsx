import { createContext, useContext, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { TaskRegion } from '#components/bulk/task-region.tsx';
import { startBulk } from '#lib/client/bulk/run-bulk.ts';
import { idSetOf } from '#lib/client/message-list/id-set.ts';
import { showToast } from '#lib/client/toasts.ts';
import type { MailLocation } from '#lib/client/mail-path.ts';
import { searchPlace } from '#lib/client/search/mail-search.ts';
import { useArchiveBy } from '#lib/client/mailbox/archive-target.ts';
import { useBlocking } from '#lib/client/use-blocking.ts';
import { useErrorToast } from '#lib/client/use-error-toast.ts';
import { useMailboxes } from '#lib/client/mailbox/use-mailboxes.ts';
import { useListSource, useMessageList } from '#lib/client/message-list/use-message-list.ts';
import { useSearchList } from '#lib/client/search/use-search-list.ts';
import type { SearchList } from '#lib/client/search/use-search-list.ts';
import { useConversations } from '#lib/client/threads/use-conversations.ts';
import { useThreadList } from '#lib/client/threads/use-thread-list.ts';
import { useRights } from '#lib/client/mailbox/use-rights.ts';
import { useSelection } from '#lib/client/message-list/use-selection.ts';
import { isMailError } from '#lib/errors.ts';
import type { MailErrorValue } from '#lib/errors.ts';
import type { KeptDays } from '#lib/mail/kept-days.ts';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import type { CommandContext } from './command.ts';
import type { CommandDialog } from './command-dialogs.tsx';
import { awaitPalette, awaitPaletteNoMore } from './early-keys.ts';
import { CommandDialogs } from './command-dialogs.tsx';
import { Questions } from './questions.tsx';
import { targetOf } from './target.ts';
import { useAct } from './use-act.ts';
import { useUndoable } from './use-undoable.ts';

const Context = createContext<CommandContext | null>(null);

/** The open mailbox with its list and selection, shared by list, message, toolbar and keys. */
export function useMailContext(): CommandContext {
  const context = useContext(Context);
  if (!context) throw new Error('useMailContext is for components inside MailContextProvider');
  return context;
}

export function MailContextProvider({
  mailbox,
  location,
  phishingAddress,
  keptDays,
  children,
}: {
  mailbox: string;
  location: MailLocation;
  phishingAddress: string | null;
  keptDays: KeptDays;
  children: ReactNode;
}) {
  const t = useTranslations('list');
  const errors = useTranslations('errors');
  const source = useListSource(mailbox);
  const all = useMessageList(source);
  const conversations = useConversations(mailbox, location.search !== null);
  const folded = useThreadList(source, all, conversations.isOn);
  const results = useSearchList(mailbox, location.search);
  const list = results?.list ?? folded ?? all;
  const selection = useSelection(location.search ? searchPlace(mailbox, location.search) : mailbox);
  const { mailboxes, retry } = useMailboxes();
  const change = useAct(mailboxes);
  const rights = useRights(mailboxes.find(({ path }) => path === mailbox));
  const undoable = useUndoable();
  const blocking = useBlocking();
  const archiveBy = useArchiveBy();
  const errorToast = useErrorToast();
  const [dialog, setDialog] = useState<CommandDialog | null>(null);
  const context = useMemo((): CommandContext => {
    const { uid, messageMailbox } = location;
    const open = uid === null || messageMailbox === null ? null : { mailbox: messageMailbox, uid };
    const openId = open && (results ? results.idOf(open) : open.uid);
    const openRef = open && toRef(open, openId === null ? null : list.refOf(openId), results, mailboxes);
    const single = selection.focusId ?? openId;
    const ids = selection.ids.size > 0 || single === null ? selection.ids : idSetOf(list.idsOf(single));
    const refused = ({ code }: MailErrorValue) => errorToast(code, errors('changeFailed', { reason: errors(code) }));
    return {
      mailbox,
      mailboxes,
      list,
      search: results && location.search ? { ...location.search, ...results } : null,
      selection,
      openRef,
      openId,
      conversations,
      target: targetOf(list, ids),
      change,
      changeMany: (act, messages, count, lacking) => startBulk([act], messages, count, refused, lacking),
      archiveBy,
      rights,
      undoable,
      blocking,
      phishingAddress,
      keptDays,
      refresh() {
        retry();
        list.resync().then(
          (count) => showToast({ kind: 'info', text: t('refreshed', { count }) }),
          (error: unknown) => {
            const code = isMailError(error) ? error.code : 'unexpected';
            errorToast(code, errors('changeFailed', { reason: errors(code) }));
          },
        );
      },
      showShortcuts: () => setDialog('shortcuts'),
      showPalette() {
        awaitPalette();
        setDialog('palette');
      },
    };
  }, [
    mailbox,
    mailboxes,
    list,
    results,
    location,
    selection,
    conversations,
    change,
    archiveBy,
    rights,
    undoable,
    blocking,
    phishingAddress,
    keptDays,
    retry,
    t,
    errors,
    errorToast,
  ]);
  function closeDialog(): void {
    awaitPaletteNoMore();
    setDialog(null);
  }

  return (
    <Context value={context}>
      {children}
      <Questions />
      <TaskRegion mailboxes={mailboxes} />
      <CommandDialogs shown={dialog} onClose={closeDialog} />
    </Context>
  );
}

/** The open message's whole name. Among results it may stand in the address before the search has found it. */
function toRef(
  open: { mailbox: string; uid: number },
  listed: MessageRef | null,
  results: SearchList | null,
  mailboxes: readonly Mailbox[],
): MessageRef | null {
  if (listed || !results) return listed;
  const counts = mailboxes.find(({ path }) => path === open.mailbox)?.counts;
  const uidValidity = results.uidValidityOf(open.mailbox) ?? counts?.uidValidity;
  return uidValidity ? { ...open, uidValidity } : null;
}
