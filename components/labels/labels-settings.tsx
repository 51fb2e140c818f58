import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { fieldLook } from '#components/ui/field-look.ts';
import { useLabelActs } from '#lib/client/labels/use-label-acts.ts';
import { useLabels } from '#lib/client/labels/use-labels.ts';
import { tidyLabelName, toLabelKeyword } from '#lib/mail/label.ts';
import { LabelSettingsRow } from './label-settings-row.tsx';

/** The account's labels: made, renamed, coloured, removed. Those that other programs gave in the inbox are among them. */
export function LabelsSettings() {
  const t = useTranslations('labels');
  const { labels, known } = useLabels('INBOX');
  const { remember } = useLabelActs();
  /** What stands in the field after it was sent. */
  const [text, setText] = useState('');
  const [isTooLong, setTooLong] = useState(false);

  /** As the form's action: what is sent before the page is alive is kept, and carried out then. */
  function make(form: FormData): void {
    const typed = form.get('label');
    const name = tidyLabelName(typeof typed === 'string' ? typed : '');
    const keyword = toLabelKeyword(name);
    setTooLong(name !== '' && keyword === null);
    setText(keyword === null ? name : '');
    if (keyword === null) return;
    if (!labels.some((label) => label.name.toLocaleLowerCase() === name.toLocaleLowerCase()))
      void remember({ undone: [], done: [{ keyword, name: null, colour: null }] }, t('made', { name }));
  }

  return (
    <>
      <p className="mb-4 text-meta leading-normal text-muted">{t('settingsLead')}</p>
      <form action={make} className="mb-4 flex gap-2">
        <input
          className={fieldLook}
          name="label"
          defaultValue={text}
          dir="auto"
          autoComplete="off"
          aria-label={t('newLabel')}
          placeholder={t('newLabel')}
          aria-invalid={isTooLong}
        />
        <Button type="submit" className="!h-9 pointer-coarse:!h-11">
          {t('make')}
        </Button>
      </form>
      {isTooLong ? (
        <p role="alert" className="mb-4 text-meta text-danger">
          {t('tooLong')}
        </p>
      ) : null}
      {labels.length === 0 ? <p className="text-meta text-muted">{t('noneYet')}</p> : null}
      <ul aria-label={t('all')}>
        {labels.map((label) => (
          <LabelSettingsRow
            areMailboxes={known?.areMailboxes ?? false}
            key={label.keyword}
            label={label}
            all={labels}
          />
        ))}
      </ul>
    </>
  );
}
