import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';

const shownAtFirst = 8;

/** A headed list, with a shade in its place until something is known. */
export function LargeList({
  title,
  isKnown,
  note = null,
  children,
}: {
  title: string;
  isKnown: boolean;
  note?: string | null;
  children: readonly ReactNode[];
}) {
  const t = useTranslations('storage');
  const titleId = useId();
  const [isWhole, setWhole] = useState(false);
  const isMore = children.length > shownAtFirst && !isWhole;
  return (
    <section className="mb-8" aria-busy={!isKnown}>
      <h2 id={titleId} className="mb-2 text-list font-semibold">
        {title}
      </h2>
      {isKnown ? null : <div aria-hidden className="skeleton h-24 w-full" />}
      {isKnown && children.length === 0 ? <p className="text-meta text-muted">{t('nothingThere')}</p> : null}
      <ul aria-labelledby={titleId} className="text-list">
        {isMore ? children.slice(0, shownAtFirst) : children}
      </ul>
      {isMore ? (
        <Button look="quiet" className="mt-1" onClick={() => setWhole(true)}>
          {t('showAll', { count: children.length })}
        </Button>
      ) : null}
      {note ? <p className="mt-2 text-meta text-muted">{note}</p> : null}
    </section>
  );
}
