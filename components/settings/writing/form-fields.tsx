import { useId } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { useIsPublicComputer } from '#lib/client/session/public-computer.tsx';

const look =
  'mt-1 block h-10 w-full rounded-md border border-line-strong bg-surface px-3 text-list text-ink disabled:text-muted pointer-coarse:h-11';

/** One line of text with its label above. */
export function TextField({
  label,
  onChange,
  ...rest
}: { label: string; onChange: (text: string) => void } & Omit<ComponentProps<'input'>, 'onChange' | 'id'>) {
  const id = useId();
  const isPublic = useIsPublicComputer();
  return (
    <div>
      <Label id={id}>{label}</Label>
      <input
        id={id}
        type="text"
        className={look}
        onChange={({ target }) => onChange(target.value)}
        {...rest}
        autoComplete={isPublic ? 'off' : (rest.autoComplete ?? 'off')}
      />
    </div>
  );
}

/** The same for an address; the empty one is allowed where it is not `required`. */
export function AddressField(props: Omit<ComponentProps<typeof TextField>, 'dir' | 'inputMode'>) {
  return <TextField dir="ltr" inputMode="email" spellCheck={false} {...props} />;
}

export function SelectField({
  label,
  value,
  onChange,
  children,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <div>
      <Label id={id}>{label}</Label>
      <select id={id} className={look} value={value} onChange={({ target }) => onChange(target.value)}>
        {children}
      </select>
    </div>
  );
}

function Label({ id, children }: { id: string; children: ReactNode }) {
  return (
    <label htmlFor={id} className="text-meta font-medium">
      {children}
    </label>
  );
}
