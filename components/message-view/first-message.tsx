import { useQuery, useQueryClient } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import type { QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import { fetchJson } from '#lib/client/fetch-json.ts';
import { keys } from '#lib/client/keys.ts';
import type { ListState } from '#lib/client/message-list/list-state.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';
import { partAddress } from './part-address.ts';

/** Milliseconds a message has been open before anybody asks: who walks through many asks for none. */
const askAfter = 600;

/**
 * A quiet word where the sender is somebody new. Asked when the message stands, in a line that is there already: nothing moves. The answer
 * never changes.
 */
export function FirstMessage({ message }: { message: MessageDetail }) {
  const t = useTranslations('sender');
  const client = useQueryClient();
  const [isAsked, setAsked] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(!hasAnother(client, message)), askAfter);
    return () => clearTimeout(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- who wrote a message never changes
  }, []);
  const { data } = useQuery({
    queryKey: keys.firstMessage(message.ref),
    queryFn: ({ signal }) => fetchJson<{ isFirst: boolean }>(partAddress(message, 'first'), { signal }),
    enabled: isAsked,
    staleTime: Infinity,
    retry: false,
  });
  if (!data?.isFirst) return null;
  return (
    <span className="no-print flex shrink-0 items-center gap-1.5 text-muted">
      <Icon of={UserPlus} size={14} className="shrink-0" />
      <span className="@max-md:hidden">{t('first')}</span>
      <span className="@md:hidden">{t('firstShort')}</span>
    </span>
  );
}

/** The list in sight has another message of the same sender: nothing is to be asked. */
function hasAnother(client: QueryClient, { ref, from }: MessageDetail): boolean {
  const address = from[0]?.address.toLowerCase();
  const rows = client.getQueryData<ListState>(keys.list(ref.mailbox))?.rows.values() ?? [];
  return [...rows].some((row) => row.uid !== ref.uid && row.from[0]?.address.toLowerCase() === address);
}
