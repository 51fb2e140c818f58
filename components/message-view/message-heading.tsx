import { ChevronDown, ChevronUp } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { formatFullDate } from '#lib/format/dates.ts';
import { displayName, initials, tintOf } from '#lib/format/display-name.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import { visibleText } from '#lib/format/visible-text.ts';
import type { Address } from '#lib/mail/address.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { FirstMessage } from './first-message.tsx';
import { SenderChecks } from './sender-truth.tsx';
import { UnsubscribeButton } from './unsubscribe-button.tsx';

/** Recipients named in the folded line, and shown at most when unfolded. */
const folded = 3;
const most = 200;

/** Who wrote to whom and when. The true address always stands beside the name it claims. */
export function MessageHeading({ message, fold }: { message: MessageDetail; fold?: ReactNode }) {
  const t = useTranslations('message');
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  const [from] = message.from;
  const sender = from ?? message.sender[0] ?? null;
  const wasSentBy = from && message.sender[0] && message.sender[0].address !== from.address ? message.sender[0] : null;
  const date = message.sentAt ?? message.receivedAt;
  return (
    <div className="flex items-start gap-3">
      <span
        aria-hidden="true"
        className={`tinted tint-${tintOf(sender?.address ?? '')} flex size-9 shrink-0 items-center justify-center rounded-full text-meta font-semibold`}
      >
        {sender ? initials(sender) : '?'}
      </span>
      <div className="min-w-0 flex-1 text-meta leading-[18px]">
        <div className="flex flex-wrap items-baseline gap-x-2">
          <span dir="auto" className="max-w-full truncate text-list font-semibold">
            {sender ? displayName(sender) : t('noSender')}
          </span>
          {sender ? (
            <bdi dir="ltr" className="max-w-full grow truncate text-muted">
              {visibleText(sender.address)}
            </bdi>
          ) : null}
          <time dateTime={date} className="shrink-0 text-small text-muted tabular-nums">
            {formatFullDate(date, format)}
          </time>
        </div>
        {wasSentBy ? (
          <div className="truncate text-muted">{t('sentBy', { address: visibleText(wasSentBy.address) })}</div>
        ) : null}
        {isOpen ? (
          <dl className="grid grid-cols-[auto_1fr] gap-x-2 text-muted">
            <People label={t('to')} people={message.to} />
            <People label={t('cc')} people={message.cc} />
            <People label={t('bcc')} people={message.bcc} />
            <People label={t('replyTo')} people={message.replyTo} />
            <SenderChecks truth={message.truth} />
          </dl>
        ) : (
          <div className="flex min-w-0 gap-x-3">
            <Recipients people={[...message.to, ...message.cc]} />
            {message.section === null ? <FirstMessage message={message} /> : null}
            {message.section === null ? <UnsubscribeButton message={message} /> : null}
          </div>
        )}
      </div>
      <IconButton
        icon={isOpen ? ChevronUp : ChevronDown}
        label={isOpen ? t('hideRecipients') : t('showRecipients')}
        aria-expanded={isOpen}
        className="-mt-1.5 -me-2"
        onClick={() => setOpen(!isOpen)}
      />
      {fold}
    </div>
  );
}

function Recipients({ people }: { people: Address[] }) {
  const t = useTranslations('message');
  if (people.length === 0) return <div className="text-muted">{t('undisclosed')}</div>;
  const more = people.length - folded;
  return (
    <div dir="auto" className="min-w-0 truncate page-side text-muted">
      {t('to')} {people.slice(0, folded).map(displayName).join(', ')}
      {more > 0 ? ` ${t('moreRecipients', { count: more })}` : ''}
    </div>
  );
}

function People({ label, people }: { label: string; people: Address[] }) {
  const t = useTranslations('message');
  if (people.length === 0) return null;
  return (
    <>
      <dt className="text-end">{label}</dt>
      <dd className="min-w-0">
        {people.slice(0, most).map((person, index) => (
          <span key={index} className="me-2 inline-block max-w-full truncate align-bottom">
            <bdi className="text-ink">{visibleText(person.name ?? '')}</bdi>{' '}
            <bdi dir="ltr">{visibleText(person.address)}</bdi>
          </span>
        ))}
        {people.length > most ? t('moreRecipients', { count: people.length - most }) : null}
      </dd>
    </>
  );
}
