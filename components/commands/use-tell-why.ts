import { useTranslations } from 'use-intl';
import { showToast } from '#lib/client/toasts.ts';
import type { Command, WhyNot } from './command.ts';

/** Says why something was asked for in vain. */
export function useTellWhy(): (command: Command, reason: WhyNot) => void {
  const t = useTranslations('commands');
  const whyNot = useTranslations('whyNot');
  return ({ id }, reason) =>
    showToast({ kind: 'info', text: whyNot('inVain', { name: t(id), reason: whyNot(reason) }) });
}
