import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { callAction } from '#lib/client/call-action.ts';
import { accountOfPage } from '#lib/client/fetch-json.ts';
import { showToast } from '#lib/client/toasts.ts';
import { reportPhishing } from '#server/actions/report-phishing.ts';
import type { Question } from './asked.ts';
import { leaveMailbox } from './leave-mailbox.ts';
import { mailboxWith } from './mailbox-roles.ts';

const keywords = [
  { keyword: '$NotJunk', value: false },
  { keyword: '$Junk', value: true },
  { keyword: '$Phishing', value: true },
];

/** Asks once before a message goes to somebody else, whole; then it goes to Spam. */
export function PhishingDialog({ question: { context }, onClose }: { question: Question; onClose: () => void }) {
  const t = useTranslations('phishing');
  const common = useTranslations('common');
  const errors = useTranslations('errors');
  const [isBusy, setBusy] = useState(false);

  async function report(): Promise<void> {
    const [message] = context.target.messages;
    if (!message || isBusy) return;
    setBusy(true);
    const result = await callAction(reportPhishing(message, accountOfPage()));
    setBusy(false);
    if (!result.ok) {
      const reason = errors(result.error.code);
      return showToast({ kind: 'error', text: t('failed', { reason }) });
    }
    onClose();
    const junk = mailboxWith('junk', context);
    const target = junk ? { to: junk.path } : { to: 'Junk', as: 'junk' as const };
    leaveMailbox(context, (messages) => ({ type: 'move', messages, ...target, keywords }));
    showToast({ kind: 'info', text: t('reported') });
  }

  return (
    <Dialog title={t('title')} closeLabel={common('close')} onClose={onClose}>
      <p className="text-list leading-normal">{t('text', { address: context.phishingAddress ?? '' })}</p>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{common('cancel')}</Button>
        <Button look="danger" autoFocus aria-disabled={isBusy} onClick={() => void report()}>
          {t('report')}
        </Button>
      </div>
    </Dialog>
  );
}
