import { Send } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import { lazyPart } from '#components/ui/lazy-part.tsx';
import { useOutbox } from '#lib/client/compose/outbox.ts';
import { useOutboxNotices } from './use-outbox-notices.ts';

const OutboxDialog = lazyPart(async () => (await import('./outbox-dialog.tsx')).OutboxDialog);

/** Leads to what is on its way out; there only while something is. */
export function OutboxButton() {
  const t = useTranslations('outbox');
  useOutboxNotices();
  const { data = [] } = useOutbox();
  const [isOpen, setOpen] = useState(false);
  const troubled = data.some(
    ({ state, reason, refusals }) => state === 'failed' || state === 'unsure' || reason !== null || refusals.length > 0,
  );
  if (data.length === 0 && !isOpen) return null;
  const name = t('withCount', { count: data.length });
  return (
    <>
      <button
        type="button"
        aria-label={name}
        title={name}
        className={`mx-2 mb-1 flex h-8 items-center gap-2 rounded-md px-3 text-list hover:bg-hover pointer-coarse:h-11 ${troubled ? 'font-medium text-danger' : ''}`}
        onClick={() => setOpen(true)}
      >
        <Icon of={Send} size={16} className="rtl:-scale-x-100" />
        <span className="flex-1 text-start rail:hidden">{t('title')}</span>
        <span className="text-small tabular-nums rail:hidden">{data.length}</span>
      </button>
      {isOpen ? <OutboxDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}
