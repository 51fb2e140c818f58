import { useTranslations } from 'use-intl';
import { displayName } from '#lib/format/display-name.ts';
import { visibleText } from '#lib/format/visible-text.ts';
import type { Keyword } from '#lib/mail/keyword.ts';
import type { Label } from '#lib/mail/label.ts';
import type { MailboxRole } from '#lib/mail/mailbox.ts';
import type { MessageSummary } from '#lib/mail/message.ts';

/** What a row says about who: senders, or in Sent and Drafts the recipients. */
export function useWho(): (row: MessageSummary, role: MailboxRole | null) => string {
  const t = useTranslations('list');
  return (row, role) => {
    if (role === 'sent' || role === 'drafts') {
      if (row.to.length === 0) return t('noRecipient');
      return t('to', { names: row.to.map(displayName).join(', ') });
    }
    return row.from.length > 0 ? row.from.map(displayName).join(', ') : t('noSender');
  };
}

export function useSubject(): (subject: string) => string {
  const t = useTranslations('list');
  return (subject) => visibleText(subject).trim() || t('noSubject');
}

/** The row's accessible name in words: "Unread, starred, Ann Lee, Budget, has attachment, 14:02". */
export function useRowName(): (
  row: MessageSummary,
  who: string,
  labels: readonly Label[],
  date: string,
  place: string | null,
) => string {
  const t = useTranslations('list');
  const search = useTranslations('search');
  const subjectOf = useSubject();
  return ({ keywords, subject, hasAttachment }, who, labels, date, place) => {
    const has = (keyword: Keyword) => keywords.includes(keyword);
    const words = [
      has('$seen') ? null : t('unread'),
      has('$flagged') ? t('starred') : null,
      has('$answered') ? t('answered') : null,
      has('$forwarded') || has('$Forwarded') ? t('forwarded') : null,
      has('$draft') ? t('draft') : null,
      has('$deleted') ? t('deleted') : null,
      who,
      subjectOf(subject),
      hasAttachment ? t('hasAttachment') : null,
      ...labels.map(({ name }) => name),
      place === null ? null : search('inMailbox', { name: place }),
      date,
    ];
    return words.filter(Boolean).join(', ');
  };
}
