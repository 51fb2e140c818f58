import { useTranslations } from 'use-intl';
import { openComposer } from '#lib/client/compose/composers.ts';
import { actOnOutgoing } from '#lib/client/compose/outbox.ts';
import { showToast } from '#lib/client/toasts.ts';
import { isMailError } from '#lib/errors.ts';
import { formatFullDate } from '#lib/format/dates.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import type { OutgoingMessage } from '#lib/mail/outgoing.ts';

/** Says that it goes, and offers to take it back as long as that can be done. The server waits, so closing the tab changes nothing. */
export function useSentToast(): (message: OutgoingMessage, draft: string) => void {
  const t = useTranslations('compose');
  const errors = useTranslations('errors');
  const format = useFormat();
  return (message, draft) => {
    async function undo(): Promise<void> {
      try {
        await actOnOutgoing(message.id, { action: 'cancel' });
        openComposer({ type: 'id', id: draft });
      } catch (error) {
        showToast({ kind: 'error', text: errors(isMailError(error) ? error.code : 'unexpected') });
      }
    }
    const left = Date.parse(message.sendAt) - Date.now();
    const text = message.isScheduled ? t('scheduledFor', { date: formatFullDate(message.sendAt, format) }) : t('sent');
    const action = { label: t('undo'), run: () => void undo() };
    showToast({
      kind: 'info',
      text,
      stay: message.isScheduled ? 10_000 : Math.min(30_000, Math.max(6_000, left)),
      ...(left > 0 ? { action } : {}),
    });
  };
}
