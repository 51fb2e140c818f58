import { useTranslations } from 'use-intl';

/** The place of a row that is on its way; drawn only when it takes a moment. */
export function SkeletonRow({ rowIndex, top, height }: { rowIndex: number; top: number; height: number }) {
  const t = useTranslations('list');
  return (
    <div
      role="row"
      aria-rowindex={rowIndex}
      aria-label={t('loadingRow')}
      aria-busy="true"
      className="absolute inset-x-0 flex flex-col justify-center gap-2 border-b border-line ps-9 pe-10"
      style={{ transform: `translateY(${top}px)`, height }}
    >
      <div role="gridcell" className="contents">
        <span className="skeleton h-2.5" style={{ width: `${30 + ((rowIndex * 17) % 30)}%` }} />
        {height > 40 ? <span className="skeleton h-2.5" style={{ width: `${55 + ((rowIndex * 29) % 40)}%` }} /> : null}
      </div>
    </div>
  );
}
