import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { fetchJson } from '#lib/client/fetch-json.ts';
import { keys } from '#lib/client/keys.ts';
import { useBlocking } from '#lib/client/use-blocking.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';
import type { BlockingPlace } from '#lib/mail/blocked.ts';
import { AddressList } from './address-list.tsx';

/** What a person's own script has to hold, so that it runs ours (server/sieve/script.ts). */
const includingLine = 'include :personal :optional "pipit";';

/** Whom the person blocked, and the way back. */
export function BlockedField() {
  const t = useTranslations('settings');
  const { unblock } = useBlocking();
  const { blockedSenders } = usePreferences().preferences;
  const { data } = useQuery({
    queryKey: keys.blockingPlace,
    queryFn: ({ signal }) => fetchJson<{ place: BlockingPlace }>('/api/blocking', { signal }),
  });
  return (
    <AddressList
      title={t('blocked')}
      hint={[
        t(data?.place === 'server' ? 'blockedByServer' : 'blockedHint'),
        data?.place === 'foreign' ? t('blockedForeign', { line: includingLine }) : null,
      ]
        .filter(Boolean)
        .join(' ')}
      none={t('blockedNone')}
      addresses={blockedSenders.map(({ address }) => address)}
      remove={t('unblock')}
      onRemove={unblock}
    />
  );
}
