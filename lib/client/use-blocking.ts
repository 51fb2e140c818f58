import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { visibleText } from '#lib/format/visible-text.ts';
import { blockedKey, findBlocked, maxBlocked } from '#lib/mail/blocked.ts';
import { defaultPreferences } from '#lib/mail/default-preferences.ts';
import type { Address } from '#lib/mail/address.ts';
import type { Preferences } from '#lib/mail/preferences.ts';
import { keys } from './keys.ts';
import { showToast } from './toasts.ts';
import { usePreferences } from './use-preferences.ts';

export interface Blocking {
  isBlocked(from: readonly Address[]): boolean;
  /** Says so, and can be taken back. */
  block(address: string): void;
  unblock(address: string): void;
}

/** Senders whose mail is not wanted: chosen, and let off again. */
export function useBlocking(): Blocking {
  const t = useTranslations('blocking');
  const client = useQueryClient();
  const { set } = usePreferences();
  const save = useRef(set);
  save.current = set;
  return useMemo(() => {
    const list = () => (client.getQueryData<Preferences>(keys.preferences) ?? defaultPreferences).blockedSenders;
    const without = (key: string) => list().filter(({ address }) => address !== key);
    function turn(address: string, isBlocked: boolean): void {
      const key = blockedKey(address);
      const entry = { address: key, since: new Date().toISOString() };
      void save.current({ blockedSenders: isBlocked ? [...without(key), entry].slice(-maxBlocked) : without(key) });
      showToast({
        kind: 'info',
        place: 'act',
        text: t(isBlocked ? 'blocked' : 'unblocked', { address: visibleText(key) }),
        action: { label: t('undo'), run: () => turn(key, !isBlocked) },
      });
    }
    return {
      isBlocked: (from) => findBlocked(list(), from) !== undefined,
      block: (address) => turn(address, true),
      unblock: (address) => turn(address, false),
    };
  }, [client, t]);
}
