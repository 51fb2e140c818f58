import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import type { MailErrorCode } from '#lib/errors.ts';
import { showToast } from './toasts.ts';
import type { Toast } from './toasts.ts';

type Rest = Pick<Toast, 'action' | 'place'> & { stay?: number };

/** Says what went wrong, and leads to where that can be mended: a full account to what takes the space. */
export function useErrorToast(): (code: MailErrorCode | null, text: string, rest?: Rest) => void {
  const t = useTranslations('errors');
  return useCallback(
    (code, text, rest = {}) => {
      const link = code === 'over-quota' ? { link: { label: t('makeRoom'), href: '/settings/storage' } } : {};
      showToast({ kind: 'error', text, ...link, ...rest });
    },
    [t],
  );
}
