import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { sendAction } from '#lib/client/send-action.ts';
import { showToast } from '#lib/client/toasts.ts';
import { isMailError } from '#lib/errors.ts';
import { removeMarked } from '#server/actions/remove-marked.ts';
import type { Question } from './asked.ts';

/** Says how many messages of the mailbox are marked as deleted, and asks once before all of them go for good. */
export function MarkedDialog({ question: { context }, onClose }: { question: Question; onClose: () => void }) {
  const t = useTranslations('acts');
  const common = useTranslations('common');
  const errors = useTranslations('errors');
  const { mailbox } = context;
  const [count, setCount] = useState<number | null>(null);

  useEffect(() => {
    let isShown = true;
    sendAction((account) => removeMarked({ mailbox, isWished: false }, account)).then(
      (found) => isShown && setCount(found),
      (error: unknown) => {
        showToast({ kind: 'error', text: errors(isMailError(error) ? error.code : 'unexpected') });
        onClose();
      },
    );
    return () => {
      isShown = false;
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once: the dialog is about what was marked when it was asked for
  }, []);

  function remove(): void {
    onClose();
    sendAction((account) => removeMarked({ mailbox, isWished: true }, account)).then(
      (gone) => showToast({ kind: 'info', place: 'act', text: t('markedRemoved', { count: gone }) }),
      (error: unknown) => {
        const reason = errors(isMailError(error) ? error.code : 'unexpected');
        showToast({ kind: 'error', text: errors('changeFailed', { reason }) });
      },
    );
  }

  return (
    <Dialog narrow title={t('markedTitle')} closeLabel={common('close')} onClose={onClose}>
      <p role="status" className="text-list leading-normal">
        {count === null ? t('markedCounting') : t('markedText', { count })}
      </p>
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={onClose}>{common('cancel')}</Button>
        {count === 0 ? null : (
          <Button look="danger" aria-disabled={count === null} onClick={() => count !== null && remove()}>
            {t('destroy')}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
