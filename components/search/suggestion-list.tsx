import { Folder, History, Star, Tag, User } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import { visibleText } from '#lib/format/visible-text.ts';
import type { Suggestion } from './suggest.ts';

const icons: Readonly<Record<Suggestion['kind'], LucideIcon | null>> = {
  saved: Star,
  recent: History,
  person: User,
  mailbox: Folder,
  label: Tag,
  operator: null,
};

/** What the search field offers. The field keeps the focus; the keyboard's place is told by its aria-activedescendant. */
export function SuggestionList({
  id,
  items,
  active,
  onTake,
}: {
  id: string;
  items: readonly Suggestion[];
  active: number;
  onTake: (index: number) => void;
}) {
  const t = useTranslations('search');
  return (
    <ul id={id} role="listbox" aria-label={t('suggestions')}>
      {items.map(({ kind, label }, index) => {
        const icon = icons[kind];
        return (
          <li
            key={`${kind} ${label}`}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            className={`flex min-h-8 cursor-default items-center gap-2.5 rounded-md px-2.5 text-meta pointer-coarse:min-h-11 ${index === active ? 'bg-selected' : 'hover:bg-hover'}`}
            // Before the field would lose the focus, and the list with it.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onTake(index)}
          >
            <span className="flex w-4 shrink-0 justify-center text-muted">
              {icon ? <Icon of={icon} size={15} /> : null}
            </span>
            <span className={`min-w-0 flex-1 truncate ${kind === 'operator' ? 'font-mono text-small' : ''}`} dir="auto">
              {visibleText(label)}
            </span>
            <span className="shrink-0 text-small text-muted"> {t(`kind-${kind}`)}</span>
          </li>
        );
      })}
    </ul>
  );
}
