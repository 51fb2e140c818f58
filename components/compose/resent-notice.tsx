import { MailCheck } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import { visibleText } from '#lib/format/visible-text.ts';
import type { DraftContent } from '#lib/mail/draft.ts';

/** In place of what would be written: a message that is sent on says only what it said before. */
export function ResentNotice({ content }: { content: DraftContent }) {
  const t = useTranslations('compose');
  return (
    <div className="flex items-start gap-3 rounded-md bg-hover px-4 py-3">
      <Icon of={MailCheck} className="mt-0.5 shrink-0 text-muted" />
      <div className="min-w-0">
        <bdi className="block truncate text-list font-medium">{visibleText(content.subject) || t('noSubject')}</bdi>
        <p className="mt-0.5 text-meta leading-normal text-muted">{t('resendText')}</p>
      </div>
    </div>
  );
}
