import { useQueryClient } from '@tanstack/react-query';
import type { Editor } from '@tiptap/react';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { useTranslations } from 'use-intl';
import { fromPlainText } from '#components/compose/editor/from-plain-text.ts';
import { toSentBody } from '#components/compose/editor/to-sent-html.ts';
import { useErrorText } from '#components/errors/error-notice.tsx';
import { MakeRoom } from '#components/errors/make-room.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { emptyContent } from '#lib/mail/empty-content.ts';
import { saveTemplate } from '#lib/client/compose/templates.ts';
import { isMailError, toMailErrorValue } from '#lib/errors.ts';
import type { MailErrorValue } from '#lib/errors.ts';
import type { OpenedDraft } from '#lib/mail/draft.ts';
import { TextField } from './form-fields.tsx';
import { RichTextField } from './rich-text-field.tsx';

/** Name and text of a template. `opened` is null for a new one; its files stay as they are. */
export function TemplateDialog({ opened, onClose }: { opened: OpenedDraft | null; onClose: () => void }) {
  const t = useTranslations('settings');
  const common = useTranslations('common');
  const errorText = useErrorText();
  const client = useQueryClient();
  const before = opened?.content ?? emptyContent('default');
  const [name, setName] = useState(before.subject);
  const [editor, setEditor] = useState<Editor | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<MailErrorValue | null>(null);

  async function onSubmit(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    if (isBusy || !editor) return;
    setBusy(true);
    setError(null);
    try {
      await saveTemplate(client, { ...before, ...toSentBody(editor.state.doc), subject: name.trim() }, opened);
      onClose();
    } catch (failure) {
      setError(isMailError(failure) ? toMailErrorValue(failure) : { code: 'unexpected', retryable: true });
      setBusy(false);
    }
  }

  return (
    <Dialog title={t('template')} closeLabel={common('close')} onClose={onClose} wide>
      <form onSubmit={(event) => void onSubmit(event)} className="space-y-4">
        <TextField label={t('templateName')} dir="auto" required maxLength={200} value={name} onChange={setName} />
        <RichTextField
          label={t('templateText')}
          html={before.html ?? fromPlainText(before.text)}
          editor={editor}
          onEditor={setEditor}
        />
        {error ? (
          <p role="alert" className="text-meta text-danger">
            {t('templateFailed', { reason: errorText(error) })}
            <MakeRoom code={error.code} isWriting />
          </p>
        ) : null}
        <div className="flex flex-wrap gap-3 pt-1">
          <Button type="submit" look="primary" aria-disabled={isBusy}>
            {t('identitySave')}
          </Button>
          <Button onClick={onClose}>{common('cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
