import { Star } from 'lucide-react';
import { useTranslations } from 'use-intl';

export function StarCell({ isStarred, onStar }: { isStarred: boolean; onStar: (value: boolean) => void }) {
  const t = useTranslations('list');
  return (
    <div role="gridcell" className="flex shrink-0 items-center">
      <button
        type="button"
        aria-label={t('star')}
        aria-pressed={isStarred}
        tabIndex={-1}
        className={`-me-1.5 flex size-7 items-center justify-center rounded-md hover:bg-pressed pointer-coarse:size-11 ${isStarred ? 'text-star' : 'text-line-strong hover:text-ink'}`}
        onClick={(event) => {
          event.stopPropagation();
          onStar(!isStarred);
        }}
      >
        <Star size={16} strokeWidth={1.75} fill={isStarred ? 'currentColor' : 'none'} aria-hidden="true" />
      </button>
    </div>
  );
}
