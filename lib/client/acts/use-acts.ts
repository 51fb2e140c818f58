import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { showToast } from '#lib/client/toasts.ts';
import { useErrorToast } from '#lib/client/use-error-toast.ts';
import { hasUnsentBulks } from '#lib/client/bulk/run-bulk.ts';
import { runActs } from './act-runner.ts';
import type { ActWords } from './act-runner.ts';
import { actStorageOf, noStorage } from './act-storage.ts';
import { acts } from './act-store.ts';
import { useRelabelled } from './use-relabelled.ts';

/** Sends the person's acts while the page stands, and says what became of those that failed. Mounted once. */
export function useActs(account: string, isPublicComputer: boolean): void {
  const client = useQueryClient();
  const t = useTranslations('acts');
  const errors = useTranslations('errors');
  const errorToast = useErrorToast();
  const relabelled = useRelabelled();
  const words: ActWords = {
    relabelled,
    refused(error, tryAgain) {
      const text = errors('changeFailed', { reason: errors(error.code) });
      const action = tryAgain ? { action: { label: errors('retry'), run: tryAgain } } : {};
      errorToast(error.code, text, action);
    },
    leftOut(gone, kept) {
      if (gone > 0) showToast({ kind: 'error', text: t('gone', { count: gone }) });
      if (kept > 0) showToast({ kind: 'error', text: t('kept', { count: kept }) });
    },
    alsoDone: (count) => showToast({ kind: 'info', text: t('alsoDone', { count }) }),
  };
  const latest = useRef(words);
  useEffect(() => {
    latest.current = words;
  });
  useEffect(() => {
    const storage = isPublicComputer ? noStorage : actStorageOf(account);
    return runActs(client, storage, () => latest.current);
  }, [client, account, isPublicComputer]);

  useEffect(() => {
    if (!isPublicComputer) return;
    // Nothing is kept there: leaving would lose what waits.
    const ask = (event: BeforeUnloadEvent) => {
      if (acts.get().items.length > 0 || hasUnsentBulks()) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isPublicComputer]);
}
