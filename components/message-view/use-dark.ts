import { useSyncExternalStore } from 'react';
import { usePreferences } from '#lib/client/use-preferences.ts';

const query = '(prefers-color-scheme: dark)';

/** Whether the page is drawn dark: the person's choice, else the device's. */
export function useDark(): boolean {
  const { theme } = usePreferences().preferences;
  const device = useSyncExternalStore(
    (listener) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => window.matchMedia(query).matches,
    () => false,
  );
  return theme === 'system' ? device : theme === 'dark';
}
