import { useId } from 'react';
import { useShownValue } from '#components/ui/use-shown-value.ts';

/** One choice among a few, as radio buttons with a heading. */
export function Choice<T extends string>({
  label,
  value,
  options,
  hint,
  onChange,
}: {
  label: string;
  value: T;
  options: readonly (readonly [T, string])[];
  hint?: string;
  onChange: (value: T) => Promise<void>;
}) {
  const name = useId();
  const [shown, choose] = useShownValue(value, onChange);
  return (
    <fieldset className="mb-7" aria-describedby={hint ? `${name}-hint` : undefined}>
      <legend className="mb-2 text-list font-semibold">{label}</legend>
      {options.map(([option, text]) => (
        <label key={option} className="flex min-h-8 items-center gap-2.5 text-list pointer-coarse:min-h-11">
          <input
            type="radio"
            name={name}
            className="size-4 accent-accent"
            checked={option === shown}
            onChange={() => void choose(option)}
          />
          {text}
        </label>
      ))}
      {hint ? (
        <p id={`${name}-hint`} className="mt-1 text-meta leading-normal text-muted">
          {hint}
        </p>
      ) : null}
    </fieldset>
  );
}

/** Something that is on or off. */
export function OnOff({
  label,
  hint,
  value,
  disabled = false,
  onChange,
}: {
  label: string;
  hint?: string;
  value: boolean;
  disabled?: boolean;
  onChange: (value: boolean) => Promise<void>;
}) {
  const id = useId();
  const [shown, choose] = useShownValue(value, onChange);
  return (
    <div className="mb-7">
      <label className="flex min-h-8 items-center gap-2.5 text-list font-semibold pointer-coarse:min-h-11">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={shown}
          disabled={disabled}
          aria-describedby={hint ? id : undefined}
          onChange={(event) => void choose(event.target.checked)}
        />
        {label}
      </label>
      {hint ? (
        <p id={id} className="ms-6.5 text-meta leading-normal text-muted">
          {hint}
        </p>
      ) : null}
    </div>
  );
}
