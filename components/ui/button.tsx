import type { ComponentProps } from 'react';

export const buttonLooks = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong font-medium',
  plain: 'text-ink hover:bg-hover active:bg-pressed border border-line-strong/40',
  danger: 'bg-danger text-on-accent font-medium',
  quiet: 'text-muted hover:text-ink hover:bg-hover active:bg-pressed',
} as const;

export const buttonShape =
  'inline-flex h-8 items-center justify-center gap-2 rounded-md px-3 text-meta whitespace-nowrap pointer-coarse:h-11';

/** A button with words. `busy` keeps its place and name while its work runs. */
export function Button({
  look = 'plain',
  className = '',
  ...rest
}: ComponentProps<'button'> & { look?: keyof typeof buttonLooks }) {
  return (
    <button
      type="button"
      className={`${buttonShape} disabled:opacity-55 aria-disabled:opacity-55 ${buttonLooks[look]} ${className}`}
      {...rest}
    />
  );
}
