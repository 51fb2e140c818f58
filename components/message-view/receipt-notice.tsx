import { MailCheck } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { useMailContext } from '#components/commands/mail-context.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { markAnswered, useIsAnswered } from '#lib/client/answered-receipts.ts';
import { fetchJson } from '#lib/client/fetch-json.ts';
import { isFocusFree } from '#lib/client/is-focus-free.ts';
import { isSessionOver, sessionOver } from '#lib/client/session/session-over.ts';
import { showToast } from '#lib/client/toasts.ts';
import { isMailError } from '#lib/errors.ts';
import { visibleText } from '#lib/format/visible-text.ts';
import { negotiateLocale } from '#lib/i18n/locales.ts';
import type { Keyword } from '#lib/mail/keyword.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';
import { isReceiptAnswered } from '#lib/mail/receipt-answered.ts';
import type { AnswerReceipt, ReceiptAnswer, ReceiptRequest } from '#lib/mail/receipt-request.ts';

interface Props {
  message: MessageDetail;
  /** As they are now. */
  keywords: readonly Keyword[];
}

const silent = ['drafts', 'sent', 'junk'];

/** Somebody asks to be told that this was read: until the person has said yes or no, on whichever device. */
export function ReceiptNotice({ message, keywords }: Props) {
  const { mailboxes } = useMailContext();
  const isAnswered = useIsAnswered(message.ref);
  const role = mailboxes.find(({ path }) => path === message.ref.mailbox)?.role ?? '';
  if (!message.receipt || isAnswered || isReceiptAnswered(keywords) || silent.includes(role)) return null;
  return <Asked message={message} request={message.receipt} />;
}

function Asked({ message, request }: { message: MessageDetail; request: ReceiptRequest }) {
  const t = useTranslations('receipt');
  const common = useTranslations('common');
  const errors = useTranslations('errors');
  const { locale: language } = negotiateLocale(useLocale());
  const [isBusy, setBusy] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const note = useRef<HTMLDivElement>(null);
  const address = visibleText(request.address);

  useEffect(() => {
    const region = note.current?.closest<HTMLElement>('#message');
    // When the notice goes, what had the focus may go with it.
    return () => void requestAnimationFrame(() => isFocusFree() && region?.focus({ preventScroll: true }));
  }, []);

  async function answer(wish: AnswerReceipt['answer']): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    try {
      const { mailbox, uidValidity, uid } = message.ref;
      const body = { mailbox, uidValidity, answer: wish, language };
      const { outcome, isKept } = await fetchJson<ReceiptAnswer>(`/api/messages/${uid}/receipt`, { body });
      const said = t(outcome, { address });
      showToast({ kind: 'info', text: isKept ? said : `${said} ${t('notKept')}` });
      markAnswered(message.ref);
    } catch (error) {
      if (isMailError(error) && isSessionOver(error.code)) await sessionOver(error.code);
      const reason = errors(isMailError(error) ? error.code : 'unexpected');
      showToast({ kind: 'error', text: t('failed', { reason }) });
      setBusy(false);
    }
  }

  return (
    <div
      ref={note}
      role="note"
      className="no-print mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md border border-line bg-hover px-3 py-2 text-meta text-muted"
    >
      <p className="flex min-w-0 flex-1 basis-60 items-start gap-2 leading-normal wrap-anywhere">
        <Icon of={MailCheck} size={16} className="mt-0.5 shrink-0" />
        <span>{t('asks', { name: request.name ? `${visibleText(request.name)} (${address})` : address })}</span>
      </p>
      <span className="flex flex-wrap gap-2">
        <Button aria-disabled={isBusy} onClick={() => (request.isSender ? void answer('send') : setAsking(true))}>
          {t('send')}
        </Button>
        <Button aria-disabled={isBusy} onClick={() => void answer('decline')}>
          {t('decline')}
        </Button>
      </span>
      {isAsking ? (
        <Dialog narrow title={t('elsewhereTitle')} closeLabel={common('close')} onClose={() => setAsking(false)}>
          <p className="text-list leading-normal wrap-anywhere">{t('elsewhere', { address })}</p>
          <div className="mt-5 flex flex-wrap justify-end gap-2">
            <Button onClick={() => setAsking(false)}>{common('cancel')}</Button>
            <Button
              look="primary"
              autoFocus
              onClick={() => {
                setAsking(false);
                void answer('send');
              }}
            >
              {t('send')}
            </Button>
          </div>
        </Dialog>
      ) : null}
    </div>
  );
}
