import { useId, useRef, useState } from 'react';
import type { ClipboardEvent, DragEvent, KeyboardEvent, ReactNode, Ref } from 'react';
import { useTranslations } from 'use-intl';
import { usePeople } from '#lib/client/compose/use-people.ts';
import type { Address } from '#lib/mail/address.ts';
import { formatAddress, parseAddressList } from '#lib/mail/parse-address-list.ts';
import { isSame } from '#lib/client/compose/respond.ts';
import { RecipientChip } from './recipient-chip.tsx';
import { SuggestionList } from './suggestion-list.tsx';

interface Props {
  /** "To", "Cc" or "Bcc". */
  label: string;
  value: readonly Address[];
  onChange: (value: Address[]) => void;
  inputRef?: Ref<HTMLInputElement>;
  /** At the end of the row. */
  children?: ReactNode;
}

const dragType = 'application/x-pipit-recipient';

/**
 * Recipients as chips behind a combobox (ARIA 1.2). Enter, Tab, comma and semicolon take what is typed or marked;
 * Backspace and the arrow keys go into the chips; pasted lists are taken apart; a chip can be drawn into another field.
 */
export function RecipientField({ label, value, onChange, inputRef, children }: Props) {
  const t = useTranslations('compose');
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState('');
  const [marked, setMarked] = useState<number | null>(null);
  const [isOpen, setOpen] = useState(false);
  const people = usePeople(typed).filter(({ address }) => !value.some((one) => isSame(one.address, address)));
  const isShown = isOpen && people.length > 0 && typed.trim() !== '';
  const markedIndex = isShown && people.length > 0 ? Math.min(marked ?? 0, people.length - 1) : null;
  // What is typed is taken as it is when it is an address already, unless a person was chosen by the arrow keys.
  const wanted =
    markedIndex === null || (marked === null && typed.includes('@')) ? null : (people[markedIndex] ?? null);

  function add(addresses: readonly Address[]): void {
    const fresh = addresses.filter(
      ({ address }, index) =>
        !value.some((one) => isSame(one.address, address)) &&
        addresses.findIndex((one) => isSame(one.address, address)) === index,
    );
    setTyped('');
    setMarked(null);
    setOpen(false);
    if (fresh.length > 0) onChange([...value, ...fresh.map(({ name, address }) => ({ name, address }))]);
  }

  function takeTyped(): boolean {
    if (wanted) add([wanted]);
    else if (typed.trim()) add(parseAddressList(typed));
    else return false;
    return true;
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.nativeEvent.isComposing) return;
    const isAtStart = event.currentTarget.selectionStart === 0 && event.currentTarget.selectionEnd === 0;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        if (!isShown) return setOpen(true);
        const step = event.key === 'ArrowDown' ? 1 : -1;
        setMarked(
          ((((markedIndex ?? -1) + (marked === null && step === 1 && !typed.includes('@') ? 1 : step)) %
            people.length) +
            people.length) %
            people.length,
        );
        break;
      }
      case 'Enter':
        if (event.metaKey || event.ctrlKey) {
          takeTyped(); // The composer sends.
          return;
        }
        takeTyped();
        break;
      case 'Tab':
        if (event.shiftKey || !wanted) return; // Leaving the field takes what is typed.
        add([wanted]);
        break;
      case ',':
      case ';':
        // Within quotes it belongs to a name.
        if ((typed.match(/"/g)?.length ?? 0) % 2 === 1) return;
        if (typed.trim()) add(parseAddressList(typed));
        break;
      case 'Escape':
        if (!isShown) return;
        setOpen(false);
        event.stopPropagation();
        break;
      case 'Backspace':
      case 'ArrowLeft':
        if (!isAtStart || value.length === 0) return;
        focusChip(value.length - 1);
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  function onPaste(event: ClipboardEvent<HTMLInputElement>): void {
    const text = event.clipboardData.getData('text/plain');
    if (!/[,;\n\t@]/.test(text) || typed.trim()) return;
    event.preventDefault();
    add(parseAddressList(text));
  }

  function focusChip(index: number): void {
    const chips = box.current?.querySelectorAll<HTMLElement>('[data-chip]');
    const chip = index >= (chips?.length ?? 0) ? null : chips?.[Math.max(0, index)];
    (chip ?? box.current?.querySelector('input'))?.focus();
  }

  function remove(index: number): void {
    onChange(value.filter((_, at) => at !== index));
    // The next chip takes the place; the field after the last.
    requestAnimationFrame(() => focusChip(index));
  }

  function edit(index: number): void {
    const address = value[index];
    if (!address) return;
    takeTyped();
    onChange(value.filter((_, at) => at !== index));
    setTyped(formatAddress(address));
    box.current?.querySelector('input')?.focus();
  }

  function onDrop(event: DragEvent): void {
    const text = event.dataTransfer.getData(dragType);
    if (!text) return;
    event.preventDefault();
    event.stopPropagation();
    add(parseAddressList(text));
  }

  return (
    <div
      ref={box}
      className="relative flex min-h-9 items-start gap-2 border-b border-line px-4 py-1 pointer-coarse:min-h-11"
      onDrop={onDrop}
      onDragOver={(event) => event.dataTransfer.types.includes(dragType) && event.preventDefault()}
    >
      <label htmlFor={id} className="w-8 shrink-0 text-meta leading-7 text-muted pointer-coarse:leading-9">
        {label}
      </label>
      <div className="flex max-h-32 min-w-0 flex-1 flex-wrap items-center gap-1 overflow-y-auto">
        {value.map((address, index) => (
          <RecipientChip
            key={`${address.address} ${index}`}
            address={address}
            onRemove={() => remove(index)}
            onEdit={() => edit(index)}
            onMove={(step) => focusChip(index + step)}
            onDragStart={(event) => {
              event.dataTransfer.setData(dragType, formatAddress(address));
              event.dataTransfer.effectAllowed = 'move';
            }}
            onDragEnd={(event) =>
              event.dataTransfer.dropEffect === 'move' && onChange(value.filter((one) => one !== address))
            }
          />
        ))}
        <input
          ref={inputRef}
          id={id}
          role="combobox"
          aria-label={label}
          aria-expanded={isShown}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={isShown && wanted ? `${id}-${markedIndex}` : undefined}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          type="text"
          inputMode="email"
          dir="auto"
          className="h-7 min-w-24 flex-1 bg-transparent text-list outline-none pointer-coarse:h-9 pointer-coarse:text-title"
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
            setMarked(null);
            setOpen(true);
          }}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onBlur={() => {
            setOpen(false);
            if (typed.trim()) add(parseAddressList(typed));
          }}
        />
      </div>
      {children}
      <SuggestionList
        id={id}
        label={t('suggestions')}
        people={isShown ? people : []}
        marked={wanted ? markedIndex : null}
        onChoose={(person) => add([person])}
      />
    </div>
  );
}
