import { Dialog as Base } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { Icon } from './icon.tsx';
import { useLayer } from './use-layer.ts';

export interface FinderOption {
  id: string;
  content: ReactNode;
  /** Why it can't be chosen; drawn faint and read out. */
  disabled?: string;
}

export interface FinderGroup {
  label: string;
  options: readonly FinderOption[];
}

const pageStep = 8;

/**
 * A dialog with a field and the options that answer to it (ARIA's combobox with a list box): the focus stays in the field, arrows move
 * through the options, Enter takes one, Esc closes. Who uses it filters and sorts.
 */
export function OptionFinder({
  title,
  query,
  groups,
  nothingFound,
  onQuery,
  onChoose,
  onClose,
}: {
  title: string;
  query: string;
  groups: readonly FinderGroup[];
  nothingFound: string;
  onQuery: (query: string) => void;
  onChoose: (id: string) => void;
  onClose: () => void;
}) {
  useLayer(true, onClose);
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const options = groups.flatMap((group) => group.options);
  const [wanted, setWanted] = useState(0);
  const active = Math.min(wanted, options.length - 1);
  const idOf = (index: number) => `${listId}-${index}`;

  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [active, query]);

  function choose(option: FinderOption | undefined): void {
    if (option && !option.disabled) onChoose(option.id);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const steps: Partial<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: pageStep, PageUp: -pageStep };
    const step = steps[event.key];
    if (event.key === 'Enter') choose(options[active]);
    else if (step) setWanted(stepped(active, step, options.length));
    else return;
    event.preventDefault();
  }

  let index = -1;
  return (
    <Base.Root open onOpenChange={(open) => open || onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Base.Popup
          initialFocus={field}
          className="fixed inset-x-0 top-[max(8px,min(12dvh,96px))] z-50 mx-auto flex max-h-[min(560px,80dvh)] w-[calc(100vw-16px)] max-w-[600px] flex-col overflow-hidden rounded-lg border border-line bg-raised shadow-float outline-none"
        >
          <Base.Title className="sr-only">{title}</Base.Title>
          <label className="flex items-center gap-2.5 border-b border-line ps-4 pe-3 text-faint">
            <Icon of={Search} size={17} className="shrink-0" />
            <input
              ref={field}
              role="combobox"
              aria-label={title}
              aria-expanded={options.length > 0}
              aria-controls={listId}
              aria-autocomplete="list"
              aria-activedescendant={options.length > 0 ? idOf(active) : undefined}
              autoComplete="off"
              spellCheck={false}
              placeholder={title}
              value={query}
              className="h-12 min-w-0 flex-1 bg-transparent text-title text-ink outline-none placeholder:text-muted"
              onChange={(event) => {
                setWanted(0);
                onQuery(event.target.value);
              }}
              onKeyDown={onKeyDown}
            />
          </label>
          <div
            ref={list}
            id={listId}
            role="listbox"
            aria-label={title}
            tabIndex={-1}
            className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-1.5"
          >
            {groups.map(({ label, options: its }) => (
              <div key={label} role="group" aria-label={label}>
                <div aria-hidden="true" className="px-2.5 pt-2 pb-1 text-small font-medium text-muted">
                  {label}
                </div>
                {its.map((option) => {
                  index += 1;
                  const own = index;
                  return (
                    <div
                      key={option.id}
                      id={idOf(own)}
                      role="option"
                      aria-selected={own === active}
                      aria-disabled={option.disabled !== undefined}
                      aria-description={option.disabled}
                      title={option.disabled}
                      className={`flex min-h-9 items-center gap-2.5 rounded-md px-2.5 text-list pointer-coarse:min-h-11 ${own === active ? 'bg-selected forced-colors:outline-2 forced-colors:-outline-offset-2' : ''} ${option.disabled ? 'text-muted' : 'text-ink'}`}
                      onPointerMove={() => setWanted(own)}
                      onClick={() => choose(option)}
                    >
                      {option.content}
                    </div>
                  );
                })}
              </div>
            ))}
          </div>
          <p role="status" className={options.length > 0 ? 'sr-only' : 'px-4 pb-5 text-center text-list text-muted'}>
            {options.length > 0 ? '' : nothingFound}
          </p>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** One step goes round at the ends, a page stops there. */
function stepped(from: number, step: number, count: number): number {
  if (count === 0) return 0;
  if (Math.abs(step) === 1) return (from + step + count) % count;
  return Math.min(count - 1, Math.max(0, from + step));
}
