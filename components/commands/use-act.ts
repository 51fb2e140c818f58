import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import { useMailboxName } from '#components/mailbox/mailbox-name.ts';
import { act } from '#lib/client/acts/act-runner.ts';
import { useSayUndoable } from '#lib/client/acts/use-say-undoable.ts';
import { reading } from '#lib/client/threads/reading.ts';
import { showToast } from '#lib/client/toasts.ts';
import { useLabelsOf } from '#lib/client/labels/use-labels.ts';
import { formatComing } from '#lib/format/dates.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import type { MailChange } from '#lib/mail/change.ts';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import { mutedKeyword } from '#lib/mail/muted.ts';
import { snoozedUntil } from '#lib/mail/snooze.ts';

/** Does what the person wants, as one act, and says so in a toast that takes it back. */
export function useAct(mailboxes: readonly Mailbox[]): (...changes: MailChange[]) => void {
  const sayUndoable = useSayUndoable();
  const say = useWords(mailboxes);
  const t = useTranslations('acts');
  return useCallback(
    (...changes) => {
      const done = say(changes);
      if (done === null) return;
      const others = othersOf(changes);
      const said = others > 0 ? `${done} ${t('othersStay', { count: others })}` : done;
      const canUndo = changes.some(({ type }) => type !== 'destroy');
      const id = act(changes, said);
      if (canUndo) sayUndoable(id, said);
      else showToast({ kind: 'info', place: 'act', text: said });
    },
    [say, sayUndoable, t],
  );
}

/** How many messages of the open conversation lie elsewhere and stay, when it leaves its mailbox. */
function othersOf(changes: readonly MailChange[]): number {
  const open = reading.get();
  if (!open) return 0;
  const isLeaving = changes.some(
    ({ type, messages }) =>
      (type === 'move' || type === 'destroy') &&
      messages.some(({ uid, mailbox }) => uid === open.opened.uid && mailbox === open.opened.mailbox),
  );
  return isLeaving ? open.elsewhere : 0;
}

/** An act in words, as it is told once it is done; null for one of nothing. */
function useWords(mailboxes: readonly Mailbox[]): (changes: readonly MailChange[]) => string | null {
  const t = useTranslations('acts');
  const nameOf = useMailboxName();
  const labelsOf = useLabelsOf();
  const format = useFormat();
  return useCallback(
    (changes) => {
      const [first] = changes;
      const count = changes.reduce((sum, { messages }) => sum + messages.length, 0);
      if (!first || count === 0) return null;
      switch (first.type) {
        case 'set-keyword':
          return keywordWords(
            t,
            first.keyword,
            labelsOf([first.keyword])[0]?.name ?? first.keyword,
            first.value,
            count,
          );
        case 'remove-attachments':
          return t('attachmentsRemoved', { count });
        case 'destroy':
          return t('destroyed', { count });
        case 'copy':
          return t('copied', { count, name: name(first.to) });
        case 'move': {
          const role = first.as ?? mailboxes.find(({ path }) => path === first.to)?.role;
          const until = snoozedUntil((first.keywords ?? []).flatMap(({ keyword, value }) => (value ? keyword : [])));
          if (until !== null) return t('snoozed', { count, time: formatComing(until, format) });
          if (first.keywords?.some(({ keyword, value }) => value && keyword === mutedKeyword))
            return t('muted', { count });
          if (role === 'archive') return t('archived', { count });
          if (role === 'trash') return t('deleted', { count });
          if (role === 'junk') return t('reported', { count });
          return t('moved', { count, name: name(first.to) });
        }
      }
      function name(path: string): string {
        const mailbox = mailboxes.find((one) => one.path === path);
        return mailbox ? nameOf(mailbox) : path;
      }
    },
    [mailboxes, nameOf, labelsOf, format, t],
  );
}

function keywordWords(
  t: ReturnType<typeof useTranslations<'acts'>>,
  keyword: string,
  name: string,
  value: boolean,
  count: number,
): string {
  if (keyword === '$seen') return t(value ? 'read' : 'unread', { count });
  if (keyword === '$flagged') return t(value ? 'starred' : 'unstarred', { count });
  if (keyword === mutedKeyword) return t(value ? 'muted' : 'unmuted', { count });
  return t(value ? 'labelled' : 'unlabelled', { count, name });
}
