import { useTranslations } from 'use-intl';
import { relabelMessages } from '#server/actions/relabel-messages.ts';
import { isMailError } from '../errors.ts';
import type { Keyword } from '../mail/keyword.ts';
import { sendAction } from './send-action.ts';
import { showToast } from './toasts.ts';

/** Renames a label on the messages themselves, or takes it off (`to` null). Answers whether that has begun; what fails says so. */
export function useRelabel(): (
  from: Keyword,
  to: Keyword | null,
  said: (messages: number) => string,
) => Promise<boolean> {
  const t = useTranslations('labels');
  const errors = useTranslations('errors');
  return async (from, to, said) => {
    try {
      const { messages, left } = await sendAction(() => relabelMessages({ from, to }));
      const rest = left.length > 0 ? ` ${t('left', { names: left.join(', ') })}` : '';
      showToast({ kind: left.length > 0 ? 'error' : 'info', text: said(messages) + rest });
      return true;
    } catch (error) {
      const code = isMailError(error) ? error.code : 'unexpected';
      showToast({ kind: 'error', text: errors('changeFailed', { reason: errors(code) }) });
      return false;
    }
  };
}
