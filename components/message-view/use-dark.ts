import { useSyncExternalStore } from 'react';
import { usePreferences } from '#lib/client/use-preferences.ts';

const query = '(prefers-color-scheme: dark)';

let isPrinting = false;

/** Whether the page is drawn dark: the person's choice, else the device's; never on paper. */
export function useDark(): boolean {
  const { theme } = usePreferences().preferences;
  const ground = useSyncExternalStore(
    (listener) => {
      const media = window.matchMedia(query);
      const onPrint = ({ type }: Event) => {
        isPrinting = type === 'beforeprint';
        listener();
      };
      media.addEventListener('change', listener);
      window.addEventListener('beforeprint', onPrint);
      window.addEventListener('afterprint', onPrint);
      return () => {
        media.removeEventListener('change', listener);
        window.removeEventListener('beforeprint', onPrint);
        window.removeEventListener('afterprint', onPrint);
      };
    },
    () => (isPrinting ? 'paper' : window.matchMedia(query).matches ? 'night' : 'day'),
    () => 'day',
  );
  if (ground === 'paper') return false;
  return theme === 'system' ? ground === 'night' : theme === 'dark';
}
