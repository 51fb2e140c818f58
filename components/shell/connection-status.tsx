import { useTranslations } from 'use-intl';
import { useConnection } from '#lib/client/feed/connection.ts';

const dots = { live: 'bg-live', polling: 'bg-star', reconnecting: 'bg-line-strong' };

/** How changes made elsewhere reach this page right now; where there is little room as a dot, whose words are read out. */
export function ConnectionStatus({ className = '', isDot = false }: { className?: string; isDot?: boolean }) {
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
      className={`flex min-w-0 items-center gap-2 text-small text-muted ${className}`}
    >
      <span
        aria-hidden="true"
        className={`size-2 shrink-0 rounded-full ${dots[state]} forced-colors:bg-[CanvasText]`}
      />
      <span className={isDot ? 'sr-only' : 'truncate rail:sr-only'}>{t(state)}</span>
    </div>
  );
}
