import { useTranslations } from 'use-intl';
import { mailHref } from '#lib/client/mail-path.ts';
import { formatListDate } from '#lib/format/dates.ts';
import { formatSize } from '#lib/format/size.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import { visibleText } from '#lib/format/visible-text.ts';
import type { LargeMessage } from '#lib/mail/storage.ts';
import { LargeList } from './large-list.tsx';

/** The messages that take most, each with its way to it. */
export function LargeMessages({
  messages,
  mailboxName,
}: {
  messages: readonly LargeMessage[] | null;
  mailboxName: (path: string) => string;
}) {
  const t = useTranslations('storage');
  const format = useFormat();
  return (
    <LargeList title={t('largestMessages')} isKnown={messages !== null}>
      {(messages ?? []).map(({ ref, size, subject, from, receivedAt }) => (
        <li key={`${ref.mailbox} ${ref.uid}`} className="flex items-center gap-3 border-b border-line py-1.5">
          <a href={mailHref(ref.mailbox, ref.uid)} className="min-w-0 flex-1 hover:underline pointer-coarse:py-1.5">
            <span dir="auto" className="block truncate">
              {visibleText(subject) || t('noSubject')}
            </span>
            <span className="block truncate text-small text-muted">
              <bdi>{visibleText(from?.name ?? from?.address ?? '') || t('noSender')}</bdi>, {mailboxName(ref.mailbox)},{' '}
              {formatListDate(receivedAt, format)}
            </span>
          </a>
          <span className="shrink-0 text-meta tabular-nums">{formatSize(size, format.locale)}</span>
        </li>
      ))}
    </LargeList>
  );
}
