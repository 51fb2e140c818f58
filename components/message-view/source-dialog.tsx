import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Dialog } from '#components/ui/dialog.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { formatSize } from '#lib/format/size.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import type { MessageDetail } from '#lib/mail/message-detail.ts';
import { partAddress } from './part-address.ts';

const shownOctets = 200_000;

/** The message as it lies on the server, its beginning at least. */
export function SourceDialog({ message, onClose }: { message: MessageDetail; onClose: () => void }) {
  const t = useTranslations('message');
  const common = useTranslations('common');
  const { locale } = useFormat();
  const address = partAddress(message, 'source', { show: `${shownOctets}` });
  const { data, isError } = useQuery({
    queryKey: ['source', address],
    queryFn: async ({ signal }) => {
      const response = await fetch(address, { signal });
      if (!response.ok) throw new Error('not readable');
      return response.text();
    },
    gcTime: 0,
    retry: false,
  });
  return (
    <Dialog
      title={t('source')}
      closeLabel={common('close')}
      onClose={onClose}
      wide
      actions={
        <a
          href={partAddress(message, 'source')}
          download
          className="flex items-center gap-2 px-2 text-meta text-accent"
        >
          <Icon of={Download} size={16} />
          {common('download')}
        </a>
      }
    >
      {message.size > shownOctets ? (
        <p className="mb-3 text-meta text-muted">{t('sourceCut', { size: formatSize(shownOctets, locale) })}</p>
      ) : null}
      <pre dir="ltr" className="font-mono text-small leading-normal wrap-anywhere whitespace-pre-wrap">
        {isError ? t('previewFailed') : data}
      </pre>
    </Dialog>
  );
}
