import type { MouseEvent } from 'react';
import { useTranslations } from 'use-intl';

/** The box that selects a row; where the mouse is not, the dot of what is unread. */
export function SelectCell({
  isSelected,
  isUnread,
  onSelect,
}: {
  isSelected: boolean;
  isUnread: boolean;
  onSelect: (event: MouseEvent) => void;
}) {
  const t = useTranslations('list');
  return (
    <div role="gridcell" className="relative flex w-8 shrink-0 items-center justify-center pointer-coarse:w-11">
      {isUnread && !isSelected ? (
        <span className="pointer-events-none absolute size-2 rounded-full bg-accent group-hover:opacity-0 pointer-coarse:group-hover:opacity-100 forced-colors:bg-[Highlight]" />
      ) : null}
      <input
        type="checkbox"
        aria-label={t('select')}
        checked={isSelected}
        readOnly
        tabIndex={-1}
        className={`size-4 accent-accent focus-visible:opacity-100 pointer-coarse:size-11 ${isSelected ? '' : 'opacity-0 group-hover:opacity-100 pointer-coarse:opacity-0'}`}
        onClick={(event) => {
          event.stopPropagation();
          onSelect(event);
        }}
      />
    </div>
  );
}
