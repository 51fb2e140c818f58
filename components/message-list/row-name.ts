import { useTranslations } from 'use-intl';
import { useOwnAddresses } from '#lib/client/own-addresses.ts';
import type { ListRow } from '#lib/client/message-list/message-list.ts';
import { displayName } from '#lib/format/display-name.ts';
import { visibleText } from '#lib/format/visible-text.ts';
import type { Address } from '#lib/mail/address.ts';
import type { Keyword } from '#lib/mail/keyword.ts';
import type { Label } from '#lib/mail/label.ts';
import type { MailboxRole } from '#lib/mail/mailbox.ts';
import { isMuted } from '#lib/mail/muted.ts';

/** What a row says about who: senders, or in Sent and Drafts the recipients; of a conversation all who wrote. */
export function useWho(): (row: ListRow, role: MailboxRole | null) => string {
  const t = useTranslations('list');
  const isOwn = useOwnAddresses();
  return (row, role) => {
    if (row.thread && role !== 'sent') return peopleOf(row.thread.people, isOwn, t('me')) || t('noSender');
    if (role === 'sent' || role === 'drafts') {
      if (row.to.length === 0) return t('noRecipient');
      return t('to', { names: row.to.map(displayName).join(', ') });
    }
    return row.from.length > 0 ? row.from.map(displayName).join(', ') : t('noSender');
  };
}

/** Named at most in a row: the first, and the last two. */
const mostNamed = 3;

/** "Ann, Bob, me": first names where there are several; of many the first and the last. */
function peopleOf(people: readonly Address[], isOwn: (address: string) => boolean, me: string): string {
  const named = people.length > mostNamed ? [...people.slice(0, 1), ...people.slice(1 - mostNamed)] : people;
  const names = named.map((one) => {
    if (isOwn(one.address)) return me;
    return shortName(displayName(one), people.length);
  });
  if (people.length <= mostNamed) return names.join(', ');
  return `${names[0]} … ${names.slice(1).join(', ')}`;
}

function shortName(name: string, people: number): string {
  if (people === 1 || name.includes('@') || name.includes(',')) return name;
  return name.split(' ')[0] || name;
}

export function useSubject(): (subject: string) => string {
  const t = useTranslations('list');
  return (subject) => visibleText(subject).trim() || t('noSubject');
}

/** The row's accessible name in words: "Unread, starred, Ann Lee, Budget, has attachment, 14:02". */
export function useRowName(): (
  row: ListRow,
  who: string,
  labels: readonly Label[],
  date: string,
  place: string | null,
  snoozed: string | null,
) => string {
  const t = useTranslations('list');
  const search = useTranslations('search');
  const subjectOf = useSubject();
  return ({ keywords, subject, hasAttachment, thread }, who, labels, date, place, snoozed) => {
    const has = (keyword: Keyword) => keywords.includes(keyword);
    const words = [
      has('$seen') ? null : t('unread'),
      has('$flagged') ? t('starred') : null,
      has('$answered') ? t('answered') : null,
      has('$forwarded') || has('$Forwarded') ? t('forwarded') : null,
      has('$draft') ? t('draft') : null,
      has('$deleted') ? t('deleted') : null,
      who,
      thread ? t('messagesInRow', { count: thread.uids.length }) : null,
      subjectOf(subject),
      hasAttachment ? t('hasAttachment') : null,
      snoozed,
      isMuted(keywords) ? t('muted') : null,
      ...labels.map(({ name }) => name),
      place === null ? null : search('inMailbox', { name: place }),
      date,
    ];
    return words.filter(Boolean).join(', ');
  };
}
