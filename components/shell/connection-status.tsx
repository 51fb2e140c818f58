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
      className="flex items-center gap-2 text-small text-muted"
    >
      <span aria-hidden="true" className={`size-2 rounded-full ${dots[state]} forced-colors:bg-[CanvasText]`} />
      {t(state)}
    </div>
  );
}
