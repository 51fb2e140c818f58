import { useQueryClient } from '@tanstack/react-query';
import { defaultPreferences, maxLabels } from '#lib/mail/default-preferences.ts';
import { isSameKeyword } from '#lib/mail/label.ts';
import type { Keyword } from '#lib/mail/keyword.ts';
import type { Preferences } from '#lib/mail/preferences.ts';
import { keys } from '#lib/client/keys.ts';
import type { KeptLabel, LabelTurn, LogEntry } from '#lib/client/acts/act-state.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';

/** What the account remembers of labels, and remembering otherwise. */
export function useKeepLabel() {
  const client = useQueryClient();
  const { set } = usePreferences();
  // Read when acted, not when drawn: two labels may be made in one frame.
  const now = () => client.getQueryData<Preferences>(keys.preferences)?.labels ?? defaultPreferences.labels;
  return {
    kept: (keyword: Keyword): KeptLabel[] => now().filter((label) => isSameKeyword(label.keyword, keyword)),
    /** Remembers what belongs to one state of an act, and nothing of the other's. */
    async lay(turn: LabelTurn, state: LogEntry['state']): Promise<void> {
      const named = [...turn.done, ...turn.undone];
      const rest = now().filter((label) => !named.some(({ keyword }) => isSameKeyword(keyword, label.keyword)));
      await set({ labels: [...rest, ...turn[state]].slice(-maxLabels) });
    },
  };
}
