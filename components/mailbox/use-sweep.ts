import { useTranslations } from 'use-intl';
import { startBulk } from '#lib/client/bulk/run-bulk.ts';
import { useErrorToast } from '#lib/client/use-error-toast.ts';
import type { MailErrorValue } from '#lib/errors.ts';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import { wholeMailbox } from '#lib/mail/whole-mailbox.ts';

/** Acts on all messages of a mailbox, whichever they are: tasks of the server's, drawn as done at once. */
export function useSweep() {
  const errors = useTranslations('errors');
  const errorToast = useErrorToast();
  const refused = ({ code }: MailErrorValue) => errorToast(code, errors('changeFailed', { reason: errors(code) }));
  return {
    markAllRead(mailbox: Mailbox): void {
      const act = { type: 'set-keyword', keyword: '$seen', value: true } as const;
      const whole = wholeMailbox(mailbox);
      if (whole) startBulk([act], whole.ranges, mailbox.counts?.unseen ?? 0, refused, '$seen');
    },
    destroyAll(mailbox: Mailbox): void {
      const whole = wholeMailbox(mailbox);
      if (whole) startBulk([{ type: 'destroy' }], whole.ranges, whole.count, refused);
    },
  };
}
