import { useMutation, useMutationState, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import { changeMailboxes } from '#server/actions/change-mailboxes.ts';
import { isMailError } from '../errors.ts';
import type { MailError } from '../errors.ts';
import type { MailboxChange, MailboxOutcome } from '../mail/mailbox-change.ts';
import { followRename, leaveMailbox } from './follow-mailbox.ts';
import { keys } from './keys.ts';
import { sendAction } from './send-action.ts';
import { showToast } from './toasts.ts';
import type { MailboxesData } from './use-mailboxes.ts';

const maxRetries = 4;

interface Wish {
  change: MailboxChange;
  /** What to say when it is done. */
  said: string;
}

/**
 * Carries out what the person wants of mailboxes: drawn at once by the overlay on the tree, sent in order with the changes of
 * messages, confirmed by the tree as the server lists it then, and taken back by Undo. What fails says so.
 */
export function useMailboxChange(): (change: MailboxChange, said: string) => void {
  const client = useQueryClient();
  const t = useTranslations('mailboxes');
  const errors = useTranslations('errors');
  const { mutate } = useMutation<MailboxOutcome, MailError, Wish>({
    mutationKey: keys.mailboxChange,
    scope: { id: 'changes' },
    mutationFn: async ({ change }) => {
      const before = client.getQueryData<MailboxesData>(keys.mailboxes)?.mailboxes ?? [];
      const moved = 'path' in change ? before.find((mailbox) => mailbox.path === change.path) : undefined;
      const outcome = await sendAction(() => changeMailboxes(change));
      const { mailboxes, quota, path } = outcome;
      if (moved && change.type === 'delete') leaveMailbox(moved);
      else if (moved && path !== null && path !== moved.path) followRename(client, moved, path);
      client.setQueryData<MailboxesData>(keys.mailboxes, { mailboxes, quota });
      return outcome;
    },
    retry: (failures, error) => error.retryable && failures < maxRetries,
    retryDelay: (failures) => Math.min(8_000, 500 * 2 ** failures) * (0.75 + Math.random() / 2),
    onSuccess({ inverse }, { said }) {
      const undo = inverse && { label: t('undo'), run: () => mutate({ change: inverse, said: t('undone') }) };
      showToast({ kind: 'info', text: said, ...(undo ? { action: undo } : {}) });
    },
    onError(error, wish) {
      const code = isMailError(error) ? error.code : 'unexpected';
      const action = error.retryable ? { action: { label: errors('retry'), run: () => mutate(wish) } } : {};
      showToast({ kind: 'error', text: errors('changeFailed', { reason: errors(code) }), ...action });
      void client.invalidateQueries({ queryKey: keys.mailboxes }); // It may have failed because the tree is another by now.
    },
  });
  return useCallback((change, said) => mutate({ change, said }), [mutate]);
}

/** The changes of mailboxes under way, oldest first. */
export function usePendingMailboxChanges(): MailboxChange[] {
  return useMutationState({
    filters: { mutationKey: keys.mailboxChange, status: 'pending' },
    select: (mutation) => (mutation.state.variables as Wish).change, // Only this file makes mutations under this key.
  });
}
