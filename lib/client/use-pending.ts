import { useMutationState } from '@tanstack/react-query';
import type { MailChange } from '../mail/change.ts';
import { keys } from './keys.ts';
import type { Pending } from './pending.ts';

/** The changes under way, oldest first. */
export function usePending(): Pending {
  return useMutationState({
    filters: { mutationKey: keys.change, status: 'pending' },
    select: (mutation) => mutation.state.variables as MailChange, // Only use-change.ts makes mutations under this key.
  });
}
