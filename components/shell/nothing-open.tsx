import { useTranslations } from 'use-intl';
import { Bird } from './bird.tsx';

/** The reading pane before anything is chosen; empty while an open message is on its way. */
export function NothingOpen({ isWaiting }: { isWaiting: boolean }) {
  const t = useTranslations('shell');
  if (isWaiting) return null;
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-2 p-8 text-center text-meta text-muted">
      <span className="mb-2 text-line-strong opacity-50">
        <Bird size={44} />
      </span>
      <p>{t('nothingOpen')}</p>
      <p className="pointer-coarse:hidden">{t('nothingOpenKeys')}</p>
    </div>
  );
}
