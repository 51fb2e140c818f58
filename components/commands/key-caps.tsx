import { useTranslations } from 'use-intl';
import { isApple } from './key-sets.ts';

/** A shortcut as keys to press: "g i" are two, one after the other. */
export function KeyCaps({ keys }: { keys: string }) {
  const t = useTranslations('shortcuts');
  return (
    <span className="flex items-center justify-end gap-1 text-small text-muted" dir="ltr">
      {keys.split(' ').map((key, index) => (
        <span key={`${index} ${key}`} className="contents">
          {index > 0 ? <span>{t('then')}</span> : null}
          {key.split('+').map((cap) => (
            <kbd
              key={cap}
              className="min-w-6 rounded-md border border-line-strong/40 px-1.5 py-0.5 text-center font-sans text-ink"
            >
              {capText(cap)}
            </kbd>
          ))}
        </span>
      ))}
    </span>
  );
}

function capText(cap: string): string {
  if (cap === 'Mod') return isApple() ? '⌘' : 'Ctrl';
  if (cap === 'Shift') return '⇧';
  if (cap === 'Escape') return 'Esc';
  return cap.length === 1 ? cap.toUpperCase().replace(/[^A-Z]/, cap) : cap;
}
