import { useTranslations } from 'use-intl';
import { filterByLabel } from '#lib/client/labels/filter-by-label.ts';
import { visibleText } from '#lib/format/visible-text.ts';
import type { Label } from '#lib/mail/label.ts';

const look = 'truncate rounded-md px-1.5 text-tiny leading-[15px] font-normal';

/** A label in its colour, in lists of labels. */
export function LabelChip({ label, className = '' }: { label: Label; className?: string }) {
  return (
    <span dir="auto" title={label.name} className={`label label-${label.colour} ${look} ${className}`}>
      {visibleText(label.name)}
    </span>
  );
}

/**
 * A label in its colour on a message; a click shows what else has it. In a row it is no stop of its own: the opened message's labels
 * and the palette are the keyboard's way, and a finger would hit it when it means the row.
 */
export function LabelFilter({
  label,
  isInRow = false,
  className = '',
}: {
  label: Label;
  isInRow?: boolean;
  className?: string;
}) {
  const t = useTranslations('labels');
  return (
    <button
      type="button"
      dir="auto"
      title={t('filterBy', { name: label.name })}
      tabIndex={isInRow ? -1 : undefined}
      className={`flex max-w-full min-w-0 items-center hover:underline ${isInRow ? 'pointer-coarse:pointer-events-none' : 'pointer-coarse:min-h-11'} ${className}`}
      onClick={(event) => {
        event.stopPropagation();
        filterByLabel(label);
      }}
    >
      <span className={`label label-${label.colour} ${look} ${isInRow ? '' : '!text-small !leading-6'}`}>
        {visibleText(label.name)}
      </span>
    </button>
  );
}
