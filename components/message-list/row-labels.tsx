import { LabelFilter } from '#components/labels/label-chip.tsx';
import type { Label } from '#lib/mail/label.ts';

/** Drawn at most; the row's name has all. */
const maxLabels = 3;

export function RowLabels({ labels }: { labels: readonly Label[] }) {
  if (labels.length === 0) return null;
  const more = labels.length - maxLabels;
  return (
    <span className="flex max-w-[60%] min-w-8 shrink-0 items-center gap-1">
      {labels.slice(0, maxLabels).map((label) => (
        <LabelFilter key={label.keyword} label={label} isInRow className="max-w-24 min-w-0" />
      ))}
      {more > 0 ? <span className="text-tiny text-muted">+{more}</span> : null}
    </span>
  );
}
