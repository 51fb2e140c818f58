import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import { useMailboxName } from '#components/mailbox/mailbox-name.ts';
import { useLabelsOf } from '#lib/client/labels/use-labels.ts';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import type { MailAct, Task } from '#lib/mail/task.ts';
import { isEnded } from '#lib/mail/task-ends.ts';

type Kind = 'move' | 'copy' | 'destroy' | 'read' | 'unread' | 'starred' | 'unstarred' | 'labelled' | 'unlabelled';

/** A task in words: what it is doing, and what it did and did not once it has ended. */
export function useTaskWords(mailboxes: readonly Mailbox[]): (task: Task) => string {
  const t = useTranslations('bulk');
  const errors = useTranslations('errors');
  const nameOf = useMailboxName();
  const labelsOf = useLabelsOf();
  return useCallback(
    (task) => {
      const act = task.acts.at(-1);
      const kind = act ? kindOf(act) : 'move';
      const values = { kind, name: act ? nameIn(act) : '', count: task.done };
      if (!isEnded(task)) return t(task.isUndo ? 'undoing' : 'doing', values);
      const left = Math.max(0, task.total - task.done - task.kept - task.missing);
      const words = [t(task.isUndo ? 'undone' : 'did', values)];
      if (task.missing > 0) words.push(t('missing', { count: task.missing }));
      if (task.kept > 0) words.push(t('kept', { count: task.kept }));
      if (task.state === 'cancelled') words.push(t('cancelled', { count: left }));
      if (task.state === 'failed') words.push(t('failed', { count: left, reason: errors(task.error ?? 'unexpected') }));
      return words.join(' ');

      function nameIn(one: MailAct): string {
        if (one.type === 'set-keyword') return labelsOf([one.keyword])[0]?.name ?? one.keyword;
        if (one.type === 'destroy') return '';
        const mailbox = mailboxes.find(({ path }) => path === one.to);
        return mailbox ? nameOf(mailbox) : one.to;
      }
    },
    [t, errors, nameOf, labelsOf, mailboxes],
  );
}

function kindOf(act: MailAct): Kind {
  if (act.type !== 'set-keyword') return act.type;
  if (act.keyword === '$seen') return act.value ? 'read' : 'unread';
  if (act.keyword === '$flagged') return act.value ? 'starred' : 'unstarred';
  return act.value ? 'labelled' : 'unlabelled';
}
