import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { ErrorNotice } from '#components/errors/error-notice.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { useMessage } from '#lib/client/use-message.ts';
import { formatSize } from '#lib/format/size.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import { negotiateLocale } from '#lib/i18n/locales.ts';
import type { MailChange } from '#lib/mail/change.ts';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import type { MessageRef } from '#lib/mail/message.ts';

/** Asks twice before a message is stored without its attachments: what goes, and then whether it really should. */
export function RemoveAttachmentsDialog({
  message: ref,
  mailboxes,
  onRemove,
  onClose,
}: {
  message: MessageRef;
  mailboxes: readonly Mailbox[];
  onRemove: (change: MailChange) => void;
  onClose: () => void;
}) {
  const t = useTranslations('storage');
  const common = useTranslations('common');
  const errors = useTranslations('errors');
  const { locale } = useFormat();
  const language = negotiateLocale(useLocale()).locale;
  const { message, error, retry } = useMessage(ref, 'plain');
  const [isSure, setSure] = useState(false);
  const attached = message?.attachments.filter(({ inline }) => !inline) ?? [];
  const isProtected = message?.notices.some((notice) => /^(pgp|smime)-/.test(notice)) ?? false;
  const canGo = attached.length > 0 && !isProtected;
  const size = formatSize(
    attached.reduce((sum, one) => sum + one.size, 0),
    locale,
  );

  function remove(): void {
    onClose();
    const trash = mailboxes.find(({ role, selectable }) => role === 'trash' && selectable)?.path;
    const where = trash ? { to: trash } : { to: 'Trash', as: 'trash' as const };
    onRemove({ type: 'remove-attachments', messages: [ref], ...where, language });
  }

  return (
    <Dialog
      title={t(isSure ? 'removeSure' : 'removeTitle', { count: attached.length })}
      closeLabel={common('close')}
      onClose={onClose}
      narrow
    >
      {error && !message ? <ErrorNotice error={error} onRetry={retry} /> : null}
      {message || error ? null : <div aria-busy="true" className="skeleton h-16 w-full" />}
      {isProtected ? (
        <p role="alert" className="text-list leading-normal">
          {errors('message-protected')}
        </p>
      ) : message && attached.length === 0 ? (
        <p className="text-list leading-normal">{t('nothingAttached')}</p>
      ) : isSure ? (
        <p className="text-list leading-normal">{t('removeSureText', { count: attached.length })}</p>
      ) : canGo ? (
        <>
          <p className="text-list leading-normal">{t('removeText', { size, count: attached.length })}</p>
          <ul aria-label={t('attachments')} className="mt-3 text-list">
            {attached.map(({ part, name, size: octets }) => (
              <li key={part} className="flex gap-3 border-b border-line py-1.5">
                <bdi className="min-w-0 flex-1 truncate">{name}</bdi>
                <span className="text-meta text-muted tabular-nums">{formatSize(octets, locale)}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{common('cancel')}</Button>
        {canGo ? (
          <Button look={isSure ? 'danger' : 'primary'} onClick={isSure ? remove : () => setSure(true)}>
            {isSure ? t('removeNow', { count: attached.length }) : t('remove')}
          </Button>
        ) : null}
      </div>
    </Dialog>
  );
}
