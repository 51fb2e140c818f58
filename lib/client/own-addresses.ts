import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { keys } from './keys.ts';

/** Tells the person's own addresses from others', as they were when the page was made. */
export function useOwnAddresses(): (address: string) => boolean {
  const client = useQueryClient();
  return useCallback(
    (address) => client.getQueryData<string[]>(keys.ownAddresses)?.includes(address.toLowerCase()) === true,
    [client],
  );
}
