import { useEffect } from 'react';
import { usePreferences } from './use-preferences.ts';

/** The page's colours follow the choice, also one made on another device. The first HTML has them already. */
export function useTheme(): void {
  const { theme } = usePreferences().preferences;
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
}
