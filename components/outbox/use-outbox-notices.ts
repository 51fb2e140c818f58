import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { openComposer } from '#lib/client/compose/composers.ts';
import { actOnOutgoing, useOutbox } from '#lib/client/compose/outbox.ts';
import { showToast } from '#lib/client/toasts.ts';
import { useErrorToast } from '#lib/client/use-error-toast.ts';
import { isMailError } from '#lib/errors.ts';
import { visibleText } from '#lib/format/visible-text.ts';
import type { OutgoingMessage } from '#lib/mail/outgoing.ts';

/** Milliseconds: long enough to read who did not get it, and to open the draft. */
const stay = 30_000;

/** Says in words when the server did not take a message, or not for everybody. What was known before the page stands in the outbox. */
export function useOutboxNotices(): void {
  const t = useTranslations('outbox');
  const errors = useTranslations('errors');
  const errorToast = useErrorToast();
  const { data } = useOutbox();
  const told = useRef<Set<string> | null>(null);
  useEffect(() => {
    function toText({ state, subject, to, reason, refusals, acceptedFor, isReceipt }: OutgoingMessage): string {
      if (isReceipt) return t('receiptNotSent', { address: visibleText(to[0]?.address ?? '') });
      const names = {
        subject: visibleText(subject) || t('noSubject'),
        refused: refusals.map(({ address }) => visibleText(address)).join(', '),
        accepted: acceptedFor.map(visibleText).join(', '),
      };
      if (isUnfiled({ state, reason })) return t('unfiled', names);
      if (state === 'sent') return t('partly', names);
      if (state === 'unsure') return t('maybeSent', names);
      return t(refusals.length > 0 ? 'refusedByAll' : 'notSent', names);
    }

    async function openDraft({ id, draft }: OutgoingMessage): Promise<void> {
      try {
        await actOnOutgoing(id, { action: 'dismiss' });
        openComposer({ type: 'id', id: draft });
      } catch (error) {
        showToast({ kind: 'error', text: errors(isMailError(error) ? error.code : 'unexpected') });
      }
    }

    if (!data) return;
    const troubled = data.filter(isTroubled);
    const before = told.current;
    told.current = new Set(troubled.map(({ id }) => id));
    if (!before) return;
    for (const message of troubled.filter(({ id }) => !before.has(id))) {
      const action = { label: t('openDraft'), run: () => void openDraft(message) };
      errorToast(message.reason, toText(message), {
        stay,
        ...(message.state === 'failed' && !message.isReceipt ? { action } : {}),
      });
    }
  }, [data, t, errors, errorToast]);
}

/** It was sent, and our copy waits for room in Sent. */
function isUnfiled({ state, reason }: Pick<OutgoingMessage, 'state' | 'reason'>): boolean {
  return state === 'sending' && reason === 'over-quota';
}

function isTroubled({ state, reason, refusals }: OutgoingMessage): boolean {
  if (isUnfiled({ state, reason })) return true;
  return state === 'failed' || state === 'unsure' || (state === 'sent' && refusals.length > 0);
}
