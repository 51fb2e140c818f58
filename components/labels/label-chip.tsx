import { visibleText } from '#lib/format/visible-text.ts';
import type { Label } from '#lib/mail/label.ts';

/** A label in its colour: in a row, on an opened message, in lists of labels. */
export function LabelChip({ label, className = '' }: { label: Label; className?: string }) {
  return (
    <span
      dir="auto"
      title={label.name}
      className={`label label-${label.colour} truncate rounded-md px-1.5 text-tiny leading-[15px] font-normal ${className}`}
    >
      {visibleText(label.name)}
    </span>
  );
}
