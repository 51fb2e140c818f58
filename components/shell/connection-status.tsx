import { useTranslations } from 'use-intl';
import { useConnection } from '#lib/client/connection.ts';

const dots = { live: 'bg-live', polling: 'bg-star', reconnecting: 'bg-line-strong' };

/** How changes made elsewhere reach this page right now. */
export function ConnectionStatus() {
  const t = useTranslations('shell');
  const errors = useTranslations('errors');
  const { state, reason } = useConnection();
  const hint = reason ? errors(reason) : t(`${state}Hint`);
  return (
    <div
      role="status"
      aria-label={t('connection')}
      data-state={state}
      title={hint}
      className="flex min-w-0 flex-1 items-center gap-2 ps-1 text-small text-muted rail:flex-none rail:ps-0"
    >
      <span aria-hidden="true" className={`size-2 shrink-0 rounded-full ${dots[state]} forced-colors:bg-[CanvasText]`} />
      <span className="truncate rail:sr-only">{t(state)}</span>
    </div>
  );
}
