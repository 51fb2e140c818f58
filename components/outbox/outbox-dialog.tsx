import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { ErrorNotice, useErrorText } from '#components/errors/error-notice.tsx';
import { MakeRoom } from '#components/errors/make-room.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { openComposer } from '#lib/client/compose/composers.ts';
import { actOnOutgoing, useOutbox } from '#lib/client/compose/outbox.ts';
import { keys } from '#lib/client/keys.ts';
import { showToast } from '#lib/client/toasts.ts';
import { isMailError, toMailErrorValue } from '#lib/errors.ts';
import { formatFullDate } from '#lib/format/dates.ts';
import { displayName } from '#lib/format/display-name.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import { visibleText } from '#lib/format/visible-text.ts';
import type { OutboxAction, OutgoingMessage } from '#lib/mail/outgoing.ts';

/** What waits to be sent, when and why, and what was refused: each can be changed, sent at once or taken back. */
export function OutboxDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('outbox');
  const common = useTranslations('common');
  const errors = useTranslations('errors');
  const client = useQueryClient();
  const { data = [], error, refetch } = useOutbox();

  async function act({ id, draft }: OutgoingMessage, action: OutboxAction, opens = false): Promise<void> {
    try {
      await actOnOutgoing(id, action);
      if (!opens) return;
      openComposer({ type: 'id', id: draft });
      onClose();
    } catch (failure) {
      showToast({ kind: 'error', text: errors(isMailError(failure) ? failure.code : 'unexpected') });
    } finally {
      void client.invalidateQueries({ queryKey: keys.outbox });
    }
  }

  return (
    <Dialog title={t('title')} closeLabel={common('close')} onClose={onClose} wide>
      {isMailError(error) ? <ErrorNotice error={toMailErrorValue(error)} onRetry={() => void refetch()} /> : null}
      {data.length === 0 && !error ? <p className="p-6 text-center text-list text-muted">{t('empty')}</p> : null}
      <ul aria-label={t('title')} className="divide-y divide-line">
        {data.map((message) => (
          <Item key={message.id} message={message} onAct={(action, opens) => void act(message, action, opens)} />
        ))}
      </ul>
    </Dialog>
  );
}

function Item({
  message,
  onAct,
}: {
  message: OutgoingMessage;
  onAct: (action: OutboxAction, opens?: boolean) => void;
}) {
  const t = useTranslations('outbox');
  const errorText = useErrorText();
  const format = useFormat();
  const { state, subject, to, sendAt, isScheduled, reason, refusals, acceptedFor, isReceipt = false } = message;
  const isLost = isReceipt && state === 'failed';
  const when = formatFullDate(sendAt, format);
  const isOver = state === 'failed' || state === 'unsure' || state === 'sent';
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-64 leading-normal">
        <p dir="auto" className="truncate text-list font-semibold">
          {visibleText(subject) || t('noSubject')}
        </p>
        <p className="truncate text-meta text-muted">{t('to', { names: to.map(displayName).join(', ') })}</p>
        <p className={`text-meta ${reason || isOver ? 'text-danger' : 'text-muted'}`}>
          {isLost
            ? t('receiptNotSent', { address: visibleText(to[0]?.address ?? '') })
            : state === 'waiting'
              ? isScheduled || reason
                ? t('waitsUntil', { date: when })
                : t('goesSoon')
              : t(state)}
          {reason && !isLost ? ` ${errorText({ code: reason, retryable: false })}` : ''}
          <MakeRoom code={reason} />
        </p>
        {refusals.length > 0 ? (
          <div className="mt-1 text-meta">
            <ul className="text-danger">
              {refusals.map(({ address, kind, status }) => (
                <li key={address}>{t('refused', { address: visibleText(address), reason: t(kind), status })}</li>
              ))}
            </ul>
            {acceptedFor.length > 0 ? (
              <p className="text-muted">{t('acceptedFor', { addresses: acceptedFor.map(visibleText).join(', ') })}</p>
            ) : null}
          </div>
        ) : null}
      </div>
      <div className="flex flex-wrap gap-2">
        {state === 'waiting' ? (
          <>
            {isReceipt ? null : <Button onClick={() => onAct({ action: 'cancel' }, true)}>{t('edit')}</Button>}
            <Button onClick={() => onAct({ action: 'cancel' })}>{t('cancel')}</Button>
            <Button look="primary" onClick={() => onAct({ action: 'send-now' })}>
              {t('sendNow')}
            </Button>
          </>
        ) : null}
        {(state === 'failed' || state === 'unsure') && !isReceipt ? (
          <Button onClick={() => onAct({ action: 'dismiss' }, true)}>{t('openDraft')}</Button>
        ) : null}
        {isOver ? <Button onClick={() => onAct({ action: 'dismiss' })}>{t('dismiss')}</Button> : null}
      </div>
    </li>
  );
}
