import { Monitor, Smartphone } from 'lucide-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { ErrorNotice } from '#components/errors/error-notice.tsx';
import { Button } from '#components/ui/button.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { callAction } from '#lib/client/call-action.ts';
import { accountOfPage, fetchJson } from '#lib/client/fetch-json.ts';
import { keys } from '#lib/client/keys.ts';
import { leaveForSignIn } from '#lib/client/session/sign-out.ts';
import { showToast } from '#lib/client/toasts.ts';
import { isMailError, toMailErrorValue } from '#lib/errors.ts';
import { formatFullDate } from '#lib/format/dates.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import type { SessionsToEnd, SignedInSession } from '#lib/mail/signed-in-session.ts';
import { endSessionsOfAccount } from '#server/actions/end-sessions.ts';

/** Where the account is signed in, and the means to end it. */
export function SessionsField() {
  const t = useTranslations('settings');
  const errors = useTranslations('errors');
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: keys.sessions,
    queryFn: ({ signal }) => fetchJson<SignedInSession[]>('/api/sessions', { signal }),
    staleTime: 0,
  });

  async function end(wanted: SessionsToEnd): Promise<void> {
    if (busy) return;
    setBusy(true);
    const result = await callAction(endSessionsOfAccount(wanted, accountOfPage()));
    setBusy(false);
    if (wanted.which === 'all' && result.ok) return leaveForSignIn();
    if (!result.ok) {
      const reason = errors(result.error.code);
      return showToast({ kind: 'error', text: errors('changeFailed', { reason }) });
    }
    await client.invalidateQueries({ queryKey: keys.sessions });
    showToast({ kind: 'info', text: t('sessionsEnded', { count: result.value }) });
  }

  if (error && isMailError(error) && !data) {
    return <ErrorNotice error={toMailErrorValue(error)} onRetry={() => void refetch()} />;
  }
  const others = data?.filter(({ isCurrent }) => !isCurrent) ?? [];
  return (
    <div className="mb-7">
      <h2 className="mb-2 text-list font-semibold">{t('signedIn')}</h2>
      <p className="mb-3 text-meta leading-normal text-muted">{t('signedInHint')}</p>
      <ul aria-label={t('signedIn')} className="min-h-16 divide-y divide-line rounded-lg border border-line">
        {data?.map((session) => (
          <SessionItem key={session.id} session={session} onEnd={() => void end({ which: 'one', id: session.id })} />
        ))}
      </ul>
      <div className="mt-4 flex flex-wrap gap-3">
        <Button disabled={others.length === 0} aria-disabled={busy} onClick={() => void end({ which: 'others' })}>
          {t('endOthers')}
        </Button>
        <Button aria-disabled={busy} onClick={() => void end({ which: 'all' })}>
          {t('endAll')}
        </Button>
      </div>
    </div>
  );
}

function SessionItem({ session, onEnd }: { session: SignedInSession; onEnd: () => void }) {
  const t = useTranslations('settings');
  const format = useFormat();
  const { device, place, kind, isCurrent } = session;
  const isPhone = /Android|iPhone|iPad/.test(device);
  return (
    <li className="flex items-center gap-3 px-3 py-2.5 text-list">
      <Icon of={isPhone ? Smartphone : Monitor} className="shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">{device || t('unknownDevice')}</span>
          {kind === 'normal' ? null : <span className="text-meta text-muted">{t(`session-${kind}`)}</span>}
        </p>
        <p className="text-meta leading-normal text-muted">
          {place ? <bdi dir="ltr">{place}</bdi> : null}
          {place ? ' · ' : null}
          {t('lastUsed', { date: formatFullDate(session.lastUsedAt, format) })}
        </p>
      </div>
      {isCurrent ? (
        <span className="shrink-0 text-meta font-medium text-accent">{t('thisSession')}</span>
      ) : (
        <Button className="shrink-0" aria-label={t('endOne', { device: device || t('unknownDevice') })} onClick={onEnd}>
          {t('end')}
        </Button>
      )}
    </li>
  );
}
