import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';

/** Stands over the end of the list, so that nothing moves when it comes. */
export function SelectWhole({ count, onSelect }: { count: number; onSelect: () => void }) {
  const t = useTranslations('bulk');
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-3 z-10 flex justify-center px-3">
      <Button
        look="plain"
        className="pointer-events-auto rounded-full border-line bg-raised font-medium text-accent shadow-float"
        onClick={onSelect}
      >
        {t('selectWhole', { count })}
      </Button>
    </div>
  );
}
