import { X } from 'lucide-react';
import type { DragEvent, KeyboardEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import { displayName } from '#lib/format/display-name.ts';
import { visibleText } from '#lib/format/visible-text.ts';
import type { Address } from '#lib/mail/address.ts';
import { isDeliverable } from '#lib/mail/is-deliverable.ts';

interface Props {
  address: Address;
  onRemove: () => void;
  onEdit: () => void;
  onMove: (step: 1 | -1) => void;
  onDragStart: (event: DragEvent) => void;
  onDragEnd: (event: DragEvent) => void;
}

/** One recipient. The address is always there to be read; what is no address is marked by words and a line, not by colour alone. */
export function RecipientChip({ address, onRemove, onEdit, onMove, onDragStart, onDragEnd }: Props) {
  const t = useTranslations('compose');
  const isValid = isDeliverable(address.address);
  const name = displayName(address);
  const whole = address.name ? `${name}, ${visibleText(address.address)}` : name;

  function onKeyDown(event: KeyboardEvent): void {
    const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    if (event.key === 'Backspace' || event.key === 'Delete') onRemove();
    else if (event.key === 'Enter' && !event.metaKey && !event.ctrlKey) onEdit();
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight')
      onMove((event.key === 'ArrowRight') !== isRtl ? 1 : -1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <span
      draggable
      data-invalid={isValid ? undefined : ''}
      className={`inline-flex h-7 max-w-full items-center rounded-full border ps-2.5 text-meta pointer-coarse:h-9 ${isValid ? 'border-line bg-hover' : 'border-dashed border-danger text-danger'}`}
      title={isValid ? visibleText(address.address) : t('noAddress', { address: visibleText(address.address) })}
      onDragStart={onDragStart}
      onDragEnd={onDragEnd}
    >
      <button
        type="button"
        data-chip=""
        tabIndex={-1}
        aria-label={isValid ? whole : t('noAddress', { address: whole })}
        className="min-w-0 truncate rounded-full leading-6 outline-offset-2"
        onDoubleClick={onEdit}
        onKeyDown={onKeyDown}
      >
        <bdi>{name}</bdi>
      </button>
      <button
        type="button"
        tabIndex={-1}
        aria-label={t('removeRecipient', { name })}
        className="flex size-7 shrink-0 items-center justify-center rounded-full text-muted hover:text-ink pointer-coarse:size-9"
        onClick={onRemove}
      >
        <Icon of={X} size={14} />
      </button>
    </span>
  );
}
