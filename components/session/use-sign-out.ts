import { useTranslations } from 'use-intl';
import { signOut } from '#lib/client/session/sign-out.ts';
import { showToast } from '#lib/client/toasts.ts';
import { isMailError } from '#lib/errors.ts';

/** Signs out, and says so when the server could not be told: the session then goes on. */
export function useSignOut(): () => Promise<void> {
  const t = useTranslations('session');
  const errors = useTranslations('errors');
  return async () => {
    try {
      await signOut();
    } catch (error) {
      const code = isMailError(error) ? error.code : 'unexpected';
      showToast({ kind: 'error', text: t('signOutFailed', { reason: errors(code) }) });
    }
  };
}
