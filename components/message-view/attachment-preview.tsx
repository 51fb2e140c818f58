import { Download } from 'lucide-react';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { Dialog } from '#components/ui/dialog.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { lazyPart } from '#components/ui/lazy-part.tsx';
import type { Attachment, MessageDetail } from '#lib/mail/message-detail.ts';
import { NestedMessage } from './nested-message.tsx';
import { partAddress } from './part-address.ts';

// The PDF reader is larger than the rest of the page together: it comes when a PDF is looked at.
const PdfPages = lazyPart(async () => (await import('./pdf-pages.tsx')).PdfPages);

/** A look inside an attachment without a download: pictures, PDF, text and nested messages. */
export function AttachmentPreview({
  message,
  attachment,
  onClose,
}: {
  message: MessageDetail;
  attachment: Attachment;
  onClose: () => void;
}) {
  const t = useTranslations('message');
  const common = useTranslations('common');
  const address = partAddress(message, `parts/${attachment.part}`);
  return (
    <Dialog
      title={attachment.name}
      closeLabel={common('close')}
      onClose={onClose}
      wide
      actions={
        <a href={address} download={attachment.name} className="flex items-center gap-2 px-2 text-meta text-accent">
          <Icon of={Download} size={16} />
          {common('download')}
        </a>
      }
    >
      <Content message={message} attachment={attachment} address={address} failed={t('previewFailed')} />
    </Dialog>
  );
}

interface ContentProps {
  message: MessageDetail;
  attachment: Attachment;
  address: string;
  failed: string;
}

function Content({ message, attachment, address, failed }: ContentProps) {
  const { part, name, preview } = attachment;
  switch (preview) {
    case 'image':
      return <Picture address={partAddress(message, `parts/${part}`, { inline: '1' })} name={name} failed={failed} />;
    case 'pdf':
      return <PdfPages address={address} failed={failed} />;
    case 'text':
      return <TextFile address={address} failed={failed} />;
    case 'message':
      return <NestedMessage parent={message.ref} section={part} />;
    case 'calendar':
    case null:
      return <p className="text-meta text-muted">{failed}</p>;
  }
}

function Picture({ address, name, failed }: { address: string; name: string; failed: string }) {
  const [hasFailed, setFailed] = useState(false);
  if (hasFailed) return <p className="text-meta text-muted">{failed}</p>;
  return (
    <img
      src={address}
      alt={name}
      className="mx-auto max-h-[76dvh] max-w-full object-contain"
      onError={() => setFailed(true)}
    />
  );
}

/** Characters of a text file shown; the rest is for the download. */
const maxText = 200_000;

function TextFile({ address, failed }: { address: string; failed: string }) {
  const { data, isError } = useQuery({
    queryKey: ['text-file', address],
    queryFn: async ({ signal }) => {
      const response = await fetch(address, { signal });
      if (!response.ok) throw new Error('not readable');
      return (await response.text()).slice(0, maxText);
    },
    gcTime: 0,
    retry: false,
  });
  if (isError) return <p className="text-meta text-muted">{failed}</p>;
  return (
    <pre dir="auto" className="font-mono text-meta leading-normal wrap-anywhere whitespace-pre-wrap">
      {data}
    </pre>
  );
}
