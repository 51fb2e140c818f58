import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { ErrorNotice } from '#components/errors/error-notice.tsx';
import type { ComposeStart } from '#lib/client/compose/composers.ts';
import { Composer } from './composer.tsx';
import { usePrepared } from './use-prepared.ts';

/** A composer that is the page. `onKnown` is told the draft's id as soon as a reload would find it by that. */
export function PageComposer({
  start,
  onKnown,
  onEnd,
}: {
  start: ComposeStart;
  onKnown: (id: string) => void;
  onEnd: () => void;
}) {
  const t = useTranslations('compose');
  const { session, error, retry } = usePrepared(start, null);
  useEffect(() => {
    if (!session) return;
    let isTold = false;
    const look = () => {
      if (isTold || session.get().saving.kind === 'untouched') return;
      isTold = true;
      const tell = () => onKnown(session.id);
      session.keep().then(tell, tell); // What cannot be kept here is soon on the server.
    };
    return session.subscribe(look);
  }, [session, onKnown]);
  if (error) return <ErrorNotice error={error} onRetry={retry} />;
  return (
    <section
      aria-label={t('title')}
      className="mx-auto flex min-h-0 w-full max-w-[1000px] flex-1 flex-col bg-surface two:border-x two:border-line"
    >
      {session ? (
        <Composer session={session} start={start} onEnd={onEnd} onOwnWindow={null} />
      ) : (
        <p className="late p-6 text-meta text-muted">{t('opening')}</p>
      )}
    </section>
  );
}
