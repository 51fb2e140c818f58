import type { ComponentProps } from 'react';
import { buttonLooks, buttonShape } from './button.tsx';

/** A link that looks like a dialog's first button; it opens a tab that knows nothing of this one. */
export function ButtonLink({ className = '', ...rest }: ComponentProps<'a'>) {
  return (
    <a
      target="_blank"
      rel="noopener noreferrer"
      className={`${buttonShape} ${buttonLooks.primary} ${className}`}
      {...rest}
    />
  );
}
