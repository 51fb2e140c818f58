import { BellOff } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import type { Keyword } from '#lib/mail/keyword.ts';
import { isMuted } from '#lib/mail/muted.ts';

/** Says of a muted conversation that it is; nothing of others. */
export function MutedMark({ keywords, className = '' }: { keywords: readonly Keyword[]; className?: string }) {
  const t = useTranslations('list');
  if (!isMuted(keywords)) return null;
  return (
    <span
      className={`flex w-fit shrink-0 items-center gap-1 rounded-md bg-hover px-1.5 text-tiny leading-[15px] font-medium text-muted ${className}`}
    >
      <Icon of={BellOff} size={12} />
      {t('muted')}
    </span>
  );
}
