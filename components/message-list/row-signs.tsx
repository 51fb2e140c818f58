import { CornerUpLeft, CornerUpRight, Paperclip } from 'lucide-react';
import { Icon } from '#components/ui/icon.tsx';
import type { MessageSummary } from '#lib/mail/message.ts';

/** Answered, forwarded, attachment: small, in a fixed order, told in words by the row's name. */
export function RowSigns({ row }: { row: MessageSummary }) {
  const forwarded = row.keywords.some((keyword) => keyword.toLowerCase() === '$forwarded');
  return (
    <span className="flex shrink-0 items-center gap-1 self-center text-faint">
      {row.keywords.includes('$answered') ? <Icon of={CornerUpLeft} size={13} /> : null}
      {forwarded ? <Icon of={CornerUpRight} size={13} /> : null}
      {row.hasAttachment ? <Icon of={Paperclip} size={13} /> : null}
    </span>
  );
}
