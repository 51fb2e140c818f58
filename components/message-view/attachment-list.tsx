import { Calendar, Eye, File, FileArchive, FileImage, FileText, Mail } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { useIsPublicComputer } from '#lib/client/session/public-computer.tsx';
import { formatSize } from '#lib/format/size.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import type { Attachment, MessageDetail } from '#lib/mail/message-detail.ts';
import { AttachmentPreview } from './lazy-preview.ts';
import { partAddress } from './part-address.ts';

/** What hangs on the message: each a download, most with a look inside. */
export function AttachmentList({ message }: { message: MessageDetail }) {
  const t = useTranslations('message');
  const isPublic = useIsPublicComputer();
  const [shown, setShown] = useState<Attachment | null>(null);
  const listed = message.attachments.filter(({ inline }) => !inline);
  if (listed.length === 0) return null;
  return (
    <section className="mt-4 border-t border-line pt-3">
      <div className="mb-2 flex items-center gap-3 text-meta text-muted">
        <h3 className="font-medium">{t('attachmentCount', { count: listed.length })}</h3>
        {listed.length > 1 && message.section === null ? (
          <a className="text-accent hover:underline" href={partAddress(message, 'attachments.zip')} download>
            {t('downloadAll')}
          </a>
        ) : null}
      </div>
      {isPublic ? <p className="mb-2 text-meta leading-normal text-muted">{t('downloadStays')}</p> : null}
      <ul aria-label={t('attachments')} className="grid grid-cols-[repeat(auto-fill,minmax(220px,1fr))] gap-2">
        {listed.map((attachment) => (
          <Item key={attachment.part} message={message} attachment={attachment} onShow={() => setShown(attachment)} />
        ))}
      </ul>
      {shown ? <AttachmentPreview message={message} attachment={shown} onClose={() => setShown(null)} /> : null}
    </section>
  );
}

function Item({ message, attachment, onShow }: { message: MessageDetail; attachment: Attachment; onShow: () => void }) {
  const t = useTranslations('message');
  const { locale } = useFormat();
  const isPublic = useIsPublicComputer();
  const { name, size, part, preview } = attachment;
  const canShow = preview === 'image' || preview === 'pdf' || preview === 'text' || preview === 'message';
  const shownSize = formatSize(size, locale);
  return (
    <li className="flex h-12 min-w-0 items-center gap-1 rounded-md border border-line bg-surface ps-3 pe-1 hover:bg-hover">
      <a
        href={partAddress(message, `parts/${part}`)}
        download={name}
        className="flex h-full min-w-0 flex-1 items-center gap-2.5"
        title={t('attachmentLink', { name, size: shownSize })}
        onClick={(event) => {
          // On a shared computer a look comes first; the download stands in there.
          if (!isPublic || !canShow) return;
          event.preventDefault();
          onShow();
        }}
      >
        <Icon of={iconOf(attachment)} className="shrink-0 text-faint" />
        <span className="min-w-0">
          <bdi className="block truncate text-meta">{name}</bdi>{' '}
          <span className="block text-small text-muted tabular-nums">{shownSize}</span>
        </span>
      </a>
      {canShow ? (
        <IconButton
          icon={Eye}
          label={preview === 'message' ? t('openMessage', { name }) : t('preview', { name })}
          onClick={onShow}
        />
      ) : null}
    </li>
  );
}

function iconOf({ mediaType, preview }: Attachment): LucideIcon {
  if (preview === 'message') return Mail;
  if (preview === 'calendar') return Calendar;
  if (mediaType.startsWith('image/')) return FileImage;
  if (/zip|tar|gzip|rar|7z/.test(mediaType)) return FileArchive;
  return /^text\/|pdf|word|document|sheet|presentation/.test(mediaType) ? FileText : File;
}
