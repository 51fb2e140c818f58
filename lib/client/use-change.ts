import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { changeMessages } from '#server/actions/change-messages.ts';
import { fromMailErrorValue, isMailError, MailError } from '../errors.ts';
import type { MailChange } from '../mail/change.ts';
import { applyToCaches } from './frames.ts';
import { keys } from './keys.ts';
import { renewed } from './renewal.ts';
import { showToast } from './toasts.ts';
import { toFrames } from './to-frames.ts';

const maxRetries = 4;

/**
 * Carries out what the person wants: drawn at once by the overlay, sent in the person's order, confirmed by the facts the server
 * answers. While offline it waits; what fails for good says so, with Retry where that helps.
 */
export function useChange(): (change: MailChange) => void {
  const client = useQueryClient();
  const t = useTranslations('errors');
  const { mutate } = useMutation<void, MailError, MailChange>({
    mutationKey: keys.change,
    scope: { id: 'changes' },
    mutationFn: async (change) => {
      const id = crypto.randomUUID();
      let again = false;
      const send = () =>
        changeMessages([{ id, again, change }]).catch((cause: unknown) => {
          throw new MailError('server-unreachable', { cause });
        });
      let result = await send();
      while (!result.ok && result.error.code === 'wrong-credentials') {
        await renewed();
        again = true;
        result = await send();
      }
      if (!result.ok) throw fromMailErrorValue(result.error);
      // Truth goes in before the change stops being pending: nothing flickers in between.
      applyToCaches(client, toFrames(result.value.events));
      const [done] = result.value.results;
      if (done && 'error' in done) throw fromMailErrorValue(done.error);
    },
    retry: (failures, error) => error.retryable && failures < maxRetries,
    retryDelay: (failures) => Math.min(8_000, 500 * 2 ** failures) * (0.75 + Math.random() / 2),
    onError: (error, change) => {
      const code = isMailError(error) ? error.code : 'unexpected';
      const action = error.retryable ? { action: { label: t('retry'), run: () => mutate(change) } } : {};
      showToast({ kind: 'error', text: t('changeFailed', { reason: t(code) }), ...action });
    },
  });
  return mutate;
}
