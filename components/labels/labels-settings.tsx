import { useState, useSyncExternalStore } from 'react';
import type { SubmitEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { fieldLook } from '#components/ui/field-look.ts';
import { useLabelActs } from '#lib/client/use-label-acts.ts';
import { useLabels } from '#lib/client/use-labels.ts';
import { tidyLabelName, toLabelKeyword } from '#lib/mail/label.ts';
import { LabelSettingsRow } from './label-settings-row.tsx';

const nothingChanges = () => () => {};

/** The account's labels: made, renamed, coloured, removed. Those that other programs gave in the inbox are among them. */
export function LabelsSettings() {
  const t = useTranslations('labels');
  const { labels, known } = useLabels('INBOX');
  const { remember } = useLabelActs();
  const [text, setText] = useState('');
  const [isTooLong, setTooLong] = useState(false);

  function make(event: SubmitEvent): void {
    event.preventDefault();
    const name = tidyLabelName(text);
    const keyword = toLabelKeyword(name);
    setTooLong(name !== '' && keyword === null);
    if (keyword === null) return;
    if (!labels.some((label) => label.name.toLocaleLowerCase() === name.toLocaleLowerCase()))
      void remember({ undone: [], done: [{ keyword, name: null, colour: null }] }, t('made', { name }));
    setText('');
  }

  // Sent before the page is alive it would load the page again, without the name.
  const isReady = useSyncExternalStore(
    nothingChanges,
    () => true,
    () => false,
  );

  return (
    <>
      <p className="mb-4 text-meta leading-normal text-muted">{t('settingsLead')}</p>
      <form onSubmit={make} className="mb-4 flex gap-2">
        <input
          className={fieldLook}
          value={text}
          dir="auto"
          autoComplete="off"
          aria-label={t('newLabel')}
          placeholder={t('newLabel')}
          aria-invalid={isTooLong}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" disabled={!isReady} className="!h-9 pointer-coarse:!h-11">
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
