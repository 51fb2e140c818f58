import { useId } from 'react';
import type { SubmitEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { formSizes, formTexts, readFields, writeFields } from './form-fields.ts';
import type { FormFields } from './form-fields.ts';

export interface SearchFormProps {
  /** The field's text: what the form can show of it stands in its fields. */
  text: string;
  onSearch: (query: string) => void;
  onClose: () => void;
}

/** The operators as fields, for who does not type them. Writes the same query that could have been typed. */
export function SearchForm({ text, onSearch, onClose }: SearchFormProps) {
  const t = useTranslations('search');
  const common = useTranslations('common');
  const start = readFields(text);

  function onSubmit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const entries = [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []));
    const query = writeFields(Object.fromEntries(entries));
    onClose();
    onSearch(query);
  }

  return (
    <Dialog title={t('form')} closeLabel={common('close')} onClose={onClose}>
      <form onSubmit={onSubmit} className="grid gap-3">
        {formTexts.map((name) => (
          <Field key={name} name={name} label={t(name)} start={start} />
        ))}
        <Field name="words" label={t('words')} start={start} />
        <Field name="without" label={t('without')} start={start} />
        <Field name="filename" label={t('filename')} start={start} />
        <div className="grid grid-cols-2 gap-3">
          <Field name="after" label={t('after')} start={start} type="date" />
          <Field name="before" label={t('before')} start={start} type="date" />
        </div>
        <label className="block text-meta font-medium">
          {t('larger')}
          <select name="larger" defaultValue={start.larger ?? ''} className={control}>
            <option value="">{t('anySize')}</option>
            {formSizes.map(([name]) => (
              <option key={name} value={name}>
                {name.replace('m', ' MB')}
              </option>
            ))}
          </select>
        </label>
        <div className="flex flex-wrap gap-x-5 gap-y-2">
          {(['unread', 'starred', 'attachments'] as const).map((name) => (
            <label key={name} className="flex min-h-8 items-center gap-2 text-meta pointer-coarse:min-h-11">
              <input
                type="checkbox"
                name={name}
                defaultChecked={start[name] !== undefined}
                className="size-4 accent-accent pointer-coarse:size-5"
              />
              {t(name)}
            </label>
          ))}
        </div>
        <div className="mt-2 flex justify-end gap-2">
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" look="primary">
            {t('submit')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const control =
  'mt-1 block h-9 w-full rounded-md border border-line-strong bg-surface px-2.5 text-list text-ink pointer-coarse:h-11';

function Field({
  name,
  label,
  start,
  type = 'text',
}: {
  name: string;
  label: string;
  start: FormFields;
  type?: string;
}) {
  const id = useId();
  return (
    <label htmlFor={id} className="block min-w-0 text-meta font-medium">
      {label}
      <input
        id={id}
        name={name}
        type={type}
        autoComplete="off"
        maxLength={200}
        defaultValue={start[name]}
        dir="auto"
        className={control}
      />
    </label>
  );
}
