import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { useMailContext } from '#components/commands/mail-context.tsx';
import { fetchJson } from '#lib/client/fetch-json.ts';
import { keys } from '#lib/client/keys.ts';
import { formatDay } from '#lib/format/dates.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import { keptDaysOf, removedAt } from '#lib/mail/kept-days.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';
import { partAddress } from './part-address.ts';

/**
 * Of a message in Trash or Spam: since when it is there and when it will be gone, where the mail server tells. Its line
 * is there from the first.
 */
export function KeptSince({ message }: { message: MessageDetail }) {
  const { mailboxes } = useMailContext();
  const role = mailboxes.find(({ path }) => path === message.ref.mailbox)?.role ?? null;
  if (message.section !== null || (role !== 'trash' && role !== 'junk')) return null;
  return <Since message={message} role={role} />;
}

function Since({ message, role }: { message: MessageDetail; role: 'trash' | 'junk' }) {
  const t = useTranslations('kept');
  const format = useFormat();
  const { keptDays } = useMailContext();
  const { data } = useQuery({
    queryKey: keys.savedAt(message.ref),
    queryFn: ({ signal }) => fetchJson<{ savedAt: string | null }>(partAddress(message, 'saved'), { signal }),
    staleTime: Infinity,
    retry: false,
  });
  const savedAt = data?.savedAt ?? null;
  const days = keptDaysOf(keptDays, role);
  const gone = savedAt !== null && days !== null ? removedAt(savedAt, days) : null;
  const isDue = gone !== null && Date.parse(gone) <= format.now;
  return (
    <p className="mt-3 min-h-5 text-meta leading-5 text-muted">
      {savedAt === null ? null : t('since', { role, date: formatDay(savedAt, format) })}
      {gone === null ? null : ` ${isDue ? t('removedSoon') : t('removedOn', { date: formatDay(gone, format) })}`}
    </p>
  );
}
