import { Info } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import type { MessageNotice } from '#lib/mail/message-detail.ts';

/** What a message is besides text, as plain statements. */
export function Notices({ notices }: { notices: readonly MessageNotice[] }) {
  const t = useTranslations('message');
  return notices.map((notice) => (
    <p
      key={notice}
      className="mt-3 flex items-start gap-2 rounded-md bg-hover px-3 py-2 text-meta leading-normal text-muted"
    >
      <Icon of={Info} size={16} className="mt-0.5 shrink-0" />
      {t(notice)}
    </p>
  ));
}
