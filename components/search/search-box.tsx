import { Search, SlidersHorizontal, X } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslations } from 'use-intl';
import { useMailContext } from '#components/commands/mail-context.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { lazyPart } from '#components/ui/lazy-part.tsx';
import { searchFieldId } from '#lib/client/search/focus-search.ts';
import { closeSearch } from '#lib/client/location.ts';
import { maxQueryLength } from '#lib/mail/search-query.ts';
import { FilterChips } from './filter-chips.tsx';
import { SuggestionList } from './suggestion-list.tsx';
import { useSearch } from './use-search.ts';
import { useSuggestions } from './use-suggestions.ts';

const SearchForm = lazyPart(async () => (await import('./search-form.tsx')).SearchForm);

/**
 * The one field for searching. While it has the focus it lies over the whole header, so that there is room to type; what stood
 * there does not move.
 */
export function SearchBox({ name }: { name: string }) {
  const t = useTranslations('search');
  const { search } = useMailContext();
  const shown = search?.q ?? '';
  const [typed, setTyped] = useState<{ from: string; text: string } | null>(null);
  // Another search in the address (Back, a filter) replaces what was typed over the one before.
  const text = typed?.from === shown ? typed.text : shown;
  const setText = (next: string) => setTyped({ from: shown, text: next });
  const [isOpen, setOpen] = useState(false);
  const [isFormOpen, setFormOpen] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const listId = useId();
  const { run, refusal, dismiss } = useSearch();
  const { items, active, setActive, step } = useSuggestions(text, isOpen);
  const isListed = isOpen && items.length > 0 && refusal === null;

  function submit(query: string): void {
    setText(query);
    if (!run(query)) return;
    setOpen(false);
    field.current?.blur();
  }

  function take(index: number): void {
    const item = items[index];
    if (!item) return;
    setActive(-1);
    if (item.isWhole) return submit(item.query);
    setText(item.query);
    field.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      setOpen(true);
      step(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Enter') {
      if (active >= 0) take(active);
      else submit(text);
    } else if (event.key === 'Tab' && active >= 0 && !event.shiftKey) take(active);
    else if (event.key === 'Escape') {
      if (isListed) {
        event.preventDefault();
        return setOpen(false);
      }
      setTyped(null);
      dismiss();
      event.currentTarget.blur();
      document.getElementById('messages')?.querySelector<HTMLElement>('[role=row][tabindex="0"]')?.focus();
    } else return;
    event.preventDefault();
  }

  /** What was chosen shows in the list, and the keyboard goes on there. */
  function toRows(): void {
    setOpen(false);
    document.getElementById('messages')?.focus();
  }

  function clear(): void {
    setText('');
    dismiss();
    closeSearch();
    field.current?.focus();
  }

  return (
    <search
      className={`flex h-8 items-center rounded-md border bg-surface pointer-coarse:h-11 ${isOpen || refusal ? 'absolute inset-x-2 z-20 border-accent' : 'min-w-8 flex-1 overflow-hidden border-line-strong/40'}`}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <span className="pointer-events-none flex w-7 shrink-0 justify-center text-muted">
        <Icon of={Search} size={15} />
      </span>
      <input
        ref={field}
        id={searchFieldId}
        type="search"
        aria-label={t('label')}
        aria-autocomplete="list"
        aria-controls={isListed ? listId : undefined}
        aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
        aria-invalid={refusal !== null}
        aria-describedby={refusal ? `${listId}-refusal` : undefined}
        placeholder={t('placeholder', { name })}
        maxLength={maxQueryLength}
        enterKeyHint="search"
        autoComplete="off"
        spellCheck={false}
        dir={text === '' ? undefined : 'auto'} // Empty, it runs as its placeholder does.
        value={text}
        className="h-full min-w-0 flex-1 bg-transparent text-list outline-none placeholder:text-muted [&::-webkit-search-cancel-button]:hidden"
        onFocus={() => setOpen(true)}
        onClick={() => setOpen(true)}
        onChange={({ target }) => {
          setText(target.value);
          setActive(-1);
          setOpen(true);
          dismiss();
        }}
        onKeyDown={onKeyDown}
      />
      {text === '' ? null : <IconButton icon={X} label={t('clear')} onClick={clear} />}
      <IconButton
        icon={SlidersHorizontal}
        label={t('options')}
        className={isOpen ? '' : '@max-md:not-focus:sr-only'} // There for who comes by keys, also back from what it opened.
        onClick={() => setFormOpen(true)}
      />
      {refusal ? (
        <p
          id={`${listId}-refusal`}
          role="alert"
          className="absolute inset-x-0 top-full z-30 mt-1 rounded-md border border-line bg-raised p-3 text-meta text-danger shadow-float"
        >
          {refusal}
        </p>
      ) : null}
      {isListed ? (
        <div className="absolute inset-x-0 top-full z-30 mt-1 max-h-[60dvh] overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-float">
          {text === '' ? (
            <div className="px-2 py-1.5">
              <FilterChips onChoose={toRows} />
            </div>
          ) : null}
          <SuggestionList id={listId} items={items} active={active} onTake={take} />
        </div>
      ) : null}
      {isFormOpen ? <SearchForm text={text} onSearch={submit} onClose={() => setFormOpen(false)} /> : null}
    </search>
  );
}
