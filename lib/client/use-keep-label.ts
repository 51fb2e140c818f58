import { useQueryClient } from '@tanstack/react-query';
import { defaultPreferences, maxLabels } from '../mail/default-preferences.ts';
import { isSameKeyword } from '../mail/label.ts';
import type { Keyword } from '../mail/keyword.ts';
import type { Preferences } from '../mail/preferences.ts';
import { keys } from './keys.ts';
import { usePreferences } from './use-preferences.ts';

type Kept = Preferences['labels'][number];

/** Remembers something of a label for the account, or forgets it. */
export function useKeepLabel() {
  const client = useQueryClient();
  const { set } = usePreferences();
  // Read when acted, not when drawn: two labels may be made in one frame.
  const now = () => client.getQueryData<Preferences>(keys.preferences)?.labels ?? defaultPreferences.labels;
  return {
    keep(keyword: Keyword, what: Partial<Omit<Kept, 'keyword'>> = {}): Promise<void> {
      const known = now().find((label) => isSameKeyword(label.keyword, keyword));
      const rest = now().filter((label) => label !== known);
      const label = { keyword, name: null, colour: null, ...known, ...what };
      return set({ labels: [...rest, label].slice(-maxLabels) });
    },
    forget(keyword: Keyword): void {
      void set({ labels: now().filter((label) => !isSameKeyword(label.keyword, keyword)) });
    },
  };
}
