import { Copy, Folder, Mail } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useMailboxName } from '#components/mailbox/mailbox-name.ts';
import { Icon } from '#components/ui/icon.tsx';
import { useDrag } from '#lib/client/drag.ts';

/** What is being dragged, in words beside the pointer. The keyboard has its own ways, so it is not read out. */
export function DragImage() {
  const t = useTranslations('drag');
  const nameOf = useMailboxName();
  const drag = useDrag();
  if (!drag) return null;
  const { what, x, y, isCopy } = drag;
  const count = what.kind === 'messages' ? what.messages.length : 1;
  const text =
    what.kind === 'mailbox' ? nameOf(what.mailbox) : isCopy ? t('copy', { count }) : t('messages', { count });
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none fixed top-0 left-0 z-50 flex h-8 max-w-72 items-center gap-2 rounded-md border border-line bg-raised px-3 text-meta font-medium shadow-float"
      style={{ transform: `translate(${x + 12}px, ${y + 8}px)` }}
    >
      <Icon of={what.kind === 'mailbox' ? Folder : isCopy ? Copy : Mail} size={16} className="shrink-0 text-accent" />
      <span className="truncate">{text}</span>
    </div>
  );
}
