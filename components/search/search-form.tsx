import { useId } from 'react';
import type { SubmitEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { parseSearch } from '#lib/mail/parse-search.ts';
import { printSearch } from '#lib/mail/print-search.ts';
import type { SearchLeaf, SearchTerm } from '#lib/mail/search-query.ts';
import { together } from '#lib/mail/search-query.ts';

export interface SearchFormProps {
  /** The field's text: what the form can show of it stands in its fields. */
  text: string;
  onSearch: (query: string) => void;
  onClose: () => void;
}

const texts = ['from', 'to', 'subject'] as const;
const sizes = [
  ['1m', 1024 ** 2],
  ['5m', 5 * 1024 ** 2],
  ['20m', 20 * 1024 ** 2],
] as const;

/** The operators as fields, for who does not type them. Writes the same query that could have been typed. */
export function SearchForm({ text, onSearch, onClose }: SearchFormProps) {
  const t = useTranslations('search');
  const common = useTranslations('common');
  const start = read(text);

  function onSubmit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const query = write(new FormData(event.currentTarget));
    onClose();
    onSearch(query);
  }

  return (
    <Dialog title={t('form')} closeLabel={common('close')} onClose={onClose}>
      <form onSubmit={onSubmit} className="grid gap-3">
        {texts.map((name) => (
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
            {sizes.map(([name]) => (
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

type Fields = Partial<Record<string, string>>;

function Field({ name, label, start, type = 'text' }: { name: string; label: string; start: Fields; type?: string }) {
  const id = useId();
  return (
    <label htmlFor={id} className="block min-w-0 text-meta font-medium">
      {label}
      <input
        id={id}
        name={name}
        type={type}
        maxLength={200}
        defaultValue={start[name]}
        dir="auto"
        className={control}
      />
    </label>
  );
}

/** What of a query has a field; the rest is left out. */
function read(text: string): Fields {
  const parsed = parseSearch(text);
  if (!parsed.ok || parsed.query.type === 'all') return {};
  const fields: Fields = {};
  const add = (name: string, value: string) => (fields[name] = fields[name] ? `${fields[name]} ${value}` : value);
  for (const term of parsed.query.type === 'and' ? parsed.query.terms : [parsed.query]) {
    if (term.type === 'text')
      add(term.field === 'any' ? 'words' : term.field, term.field === 'any' ? printSearch(term) : term.value);
    if (term.type === 'not' && term.term.type === 'text' && term.term.field === 'any')
      add('without', printSearch(term.term));
    if (term.type === 'filename') add('filename', term.value);
    if (term.type === 'after' || term.type === 'before') add(term.type, term.date);
    if (term.type === 'larger') fields.larger = sizes.find(([, octets]) => octets === term.octets)?.[0];
    if (term.type === 'is' && (term.state === 'unread' || term.state === 'starred')) fields[term.state] = 'on';
    if (term.type === 'has-attachment') fields.attachments = 'on';
  }
  return fields;
}

function write(form: FormData): string {
  const value = (name: string) => {
    const entry = form.get(name);
    return typeof entry === 'string' ? entry.trim() : '';
  };
  const terms: SearchTerm[] = [];
  for (const field of texts) if (value(field)) terms.push({ type: 'text', field, value: value(field) });
  terms.push(...words(value('words')));
  for (const word of words(value('without'))) terms.push({ type: 'not', term: word });
  if (value('filename')) terms.push({ type: 'filename', value: value('filename') });
  for (const type of ['after', 'before'] as const) if (value(type)) terms.push({ type, date: value(type) });
  const size = sizes.find(([name]) => name === value('larger'));
  if (size) terms.push({ type: 'larger', octets: size[1] });
  for (const state of ['unread', 'starred'] as const) if (value(state)) terms.push({ type: 'is', state });
  if (value('attachments')) terms.push({ type: 'has-attachment' });
  const all = together('and', terms);
  return all ? printSearch(all) : '';
}

/** Words and "phrases"; operators are read too, for who knows them. */
function words(text: string): SearchTerm[] {
  const parsed = parseSearch(text);
  if (!parsed.ok) return text ? [{ type: 'text', field: 'any', value: text } satisfies SearchLeaf] : [];
  if (parsed.query.type === 'all') return [];
  return parsed.query.type === 'and' ? parsed.query.terms : [parsed.query];
}
