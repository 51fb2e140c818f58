import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { ErrorNotice } from '#components/errors/error-notice.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { fetchJson } from '#lib/client/fetch-json.ts';
import { visibleText } from '#lib/format/visible-text.ts';
import { isMailError, toMailErrorValue } from '#lib/errors.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';
import { partAddress } from './part-address.ts';

interface Header {
  name: string;
  value: string;
}

/** All header fields as they came, in their order. */
export function HeadersDialog({ message, onClose }: { message: MessageDetail; onClose: () => void }) {
  const t = useTranslations('message');
  const common = useTranslations('common');
  const address = partAddress(message, 'headers');
  const { data, error, refetch } = useQuery({
    queryKey: ['headers', address],
    queryFn: ({ signal }) => fetchJson<{ headers: Header[] }>(address, { signal }),
    gcTime: 60_000,
  });
  return (
    <Dialog title={t('headers')} closeLabel={common('close')} onClose={onClose} wide>
      {isMailError(error) ? <ErrorNotice error={toMailErrorValue(error)} onRetry={() => void refetch()} /> : null}
      <table className="w-full text-start text-meta leading-normal">
        <tbody dir="ltr">
          {data?.headers.map(({ name, value }, index) => (
            <tr key={index} className="border-b border-line align-top">
              <th scope="row" className="py-1 pe-4 text-start font-medium whitespace-nowrap text-muted">
                {visibleText(name)}
              </th>
              <td className="py-1 font-mono text-small wrap-anywhere">{visibleText(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
