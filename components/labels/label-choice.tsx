import { useEffect, useRef } from 'react';
import type { Label } from '#lib/mail/label.ts';
import { LabelChip } from './label-chip.tsx';

/** One label's checkbox; mixed where some of the messages have it. */
export function LabelChoice({
  label,
  state,
  disabled,
  onChange,
}: {
  label: Label;
  state: boolean | 'mixed';
  disabled: boolean;
  onChange: (value: boolean) => void;
}) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = state === 'mixed'; // There is no attribute for it.
  }, [state]);
  return (
    <li>
      <label
        className={`flex min-h-8 items-center gap-2.5 rounded-md px-2 pointer-coarse:min-h-11 ${disabled ? 'opacity-60' : 'hover:bg-hover'}`}
      >
        <input
          ref={box}
          type="checkbox"
          className="size-4 shrink-0 accent-accent"
          checked={state === true}
          disabled={disabled}
          onChange={() => onChange(state !== true)}
        />
        <LabelChip label={label} className="max-w-full !text-meta !leading-5" />
      </label>
    </li>
  );
}
