import { FileText, Mail, RotateCw, X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useErrorText } from '#components/errors/error-notice.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { DraftSession } from '#lib/client/compose/draft-session.ts';
import type { FileOnItsWay } from '#lib/client/compose/draft-uploads.ts';
import { useSelected } from '#lib/client/external-store.ts';
import { formatSize } from '#lib/format/size.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import { visibleText } from '#lib/format/visible-text.ts';
import type { DraftAttachment } from '#lib/mail/draft.ts';

interface Props {
  session: DraftSession;
  attachments: readonly DraftAttachment[];
}

/** What hangs on the message, and what is still on its way there. Pictures of the text stand in the text. */
export function AttachmentTray({ session, attachments }: Props) {
  const t = useTranslations('compose');
  const files = useSelected(session, (state) => state.files);
  const listed = attachments.filter(({ contentId }) => contentId === null);
  const going = files.filter(({ attachment, error }) => attachment.contentId === null || error !== null);
  if (listed.length + going.length === 0) return null;
  const remove = ({ id }: DraftAttachment) =>
    session.change({ attachments: session.get().content.attachments.filter((one) => one.id !== id) });
  return (
    <ul
      aria-label={t('attachments')}
      className="grid max-h-36 shrink-0 grid-cols-[repeat(auto-fill,minmax(220px,1fr))] gap-1.5 overflow-y-auto border-t border-line px-3 py-2"
    >
      {listed.map((attachment) => (
        <Item key={attachment.id} attachment={attachment} onRemove={() => remove(attachment)} />
      ))}
      {going.map((file) => (
        <Item
          key={file.attachment.id}
          attachment={file.attachment}
          file={file}
          onRemove={() => session.uploads.cancel(file.attachment.id)}
          onRetry={() => session.uploads.retry(file.attachment.id)}
        />
      ))}
    </ul>
  );
}

function Item({
  attachment,
  file,
  onRemove,
  onRetry,
}: {
  attachment: DraftAttachment;
  file?: FileOnItsWay;
  onRemove: () => void;
  onRetry?: () => void;
}) {
  const t = useTranslations('compose');
  const errorText = useErrorText();
  const { locale } = useFormat();
  const name = visibleText(attachment.name);
  const percent = file ? Math.floor((file.sent / Math.max(1, attachment.size)) * 100) : 100;
  return (
    <li className="relative flex h-11 min-w-0 items-center gap-2 overflow-hidden rounded-md border border-line bg-canvas ps-2.5">
      <Icon of={attachment.mediaType === 'message/rfc822' ? Mail : FileText} className="shrink-0 text-faint" />
      <span className="min-w-0 flex-1">
        <bdi className="block truncate text-meta">{name}</bdi>
        <span className={`block truncate text-small tabular-nums ${file?.error ? 'text-danger' : 'text-muted'}`}>
          {file?.error
            ? t('uploadFailed', { reason: errorText(file.error) })
            : file
              ? t('uploaded', { sent: formatSize(file.sent, locale), size: formatSize(attachment.size, locale) })
              : formatSize(attachment.size, locale)}
        </span>
      </span>
      {file?.error ? <IconButton icon={RotateCw} label={t('retryUpload', { name })} onClick={onRetry} /> : null}
      <IconButton icon={X} label={t('removeAttachment', { name })} onClick={onRemove} />
      {file && !file.error ? (
        <span
          role="progressbar"
          aria-label={t('uploading', { name })}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent}
          className="absolute inset-x-0 bottom-0 h-0.5 bg-line"
        >
          <span className="block h-full bg-accent" style={{ width: `${percent}%` }} />
        </span>
      ) : null}
    </li>
  );
}
