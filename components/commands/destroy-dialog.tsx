import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import type { Question } from './asked.ts';
import { leaveMailbox } from './leave-mailbox.ts';

/** Asks once before messages are deleted for good: nothing takes that back. */
export function DestroyDialog({ question, onClose }: { question: Question; onClose: () => void }) {
  const t = useTranslations('acts');
  const common = useTranslations('common');
  const count = question.context.target.count;
  return (
    <Dialog title={t('destroyTitle', { count })} closeLabel={common('close')} onClose={onClose}>
      <p className="text-list">{t('destroyText')}</p>
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={onClose}>{common('cancel')}</Button>
        <Button
          look="danger"
          autoFocus
          onClick={() => {
            onClose();
            leaveMailbox(question.context, (messages) => ({ type: 'destroy', messages }));
          }}
        >
          {t('destroy')}
        </Button>
      </div>
    </Dialog>
  );
}
