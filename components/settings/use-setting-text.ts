import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import type { SettingText } from './setting.ts';

export function useSettingText(): (text: SettingText) => string {
  const t = useTranslations('settings');
  return useCallback((text) => (typeof text === 'string' ? t(text) : text.asIs), [t]);
}
