import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import { showToast } from './toasts.ts';
import { reloadPage, sayOutdated } from './updated.ts';

/** Loads the page again, or says why not yet. */
export function useReload(): () => Promise<void> {
  const t = useTranslations('common');
  return useCallback(async () => {
    if (await reloadPage()) return;
    showToast({ kind: 'error', text: t('updateUnsaved') });
    sayOutdated(); // Asked for again in a moment.
  }, [t]);
}
