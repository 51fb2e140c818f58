import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorText } from '#components/errors/error-notice.tsx';
import { MakeRoom } from '#components/errors/make-room.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import type { DraftSession } from '#lib/client/compose/draft-session.ts';
import { saveTemplate, toTemplate } from '#lib/client/compose/templates.ts';
import { showToast } from '#lib/client/toasts.ts';
import { isMailError, toMailErrorValue } from '#lib/errors.ts';
import type { MailErrorValue } from '#lib/errors.ts';

/** Asks for a name and keeps what is written as a template. */
export function SaveTemplateDialog({ session, onClose }: { session: DraftSession; onClose: () => void }) {
  const t = useTranslations('compose');
  const common = useTranslations('common');
  const errorText = useErrorText();
  const client = useQueryClient();
  const [name, setName] = useState(session.get().content.subject);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<MailErrorValue | null>(null);

  async function onSubmit(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    event.stopPropagation();
    if (isBusy) return;
    setBusy(true);
    setError(null);
    try {
      await saveTemplate(client, toTemplate(session.content(), name.trim()), null);
      showToast({ kind: 'info', text: t('templateSaved', { name: name.trim() }) });
      onClose();
    } catch (failure) {
      setError(isMailError(failure) ? toMailErrorValue(failure) : { code: 'unexpected', retryable: true });
      setBusy(false);
    }
  }

  return (
    <Dialog title={t('saveTemplate')} closeLabel={common('close')} narrow onClose={onClose}>
      <form onSubmit={(event) => void onSubmit(event)}>
        <p className="mb-4 text-meta leading-normal text-muted">{t('saveTemplateText')}</p>
        <label className="block text-meta font-medium">
          {t('templateName')}
          <input
            autoFocus
            type="text"
            autoComplete="off"
            dir="auto"
            required
            maxLength={200}
            className="mt-1.5 block h-10 w-full rounded-md border border-line-strong bg-surface px-3 text-read text-ink pointer-coarse:h-11"
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        </label>
        {error ? (
          <p role="alert" className="mt-2 text-meta text-danger">
            {t('templateFailed', { reason: errorText(error) })}
            <MakeRoom code={error.code} isWriting />
          </p>
        ) : null}
        <div className="mt-5 flex flex-wrap gap-3">
          <Button type="submit" look="primary" aria-disabled={isBusy}>
            {t('saveTemplate')}
          </Button>
          <Button onClick={onClose}>{common('cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
