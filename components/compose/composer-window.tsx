import { ChevronDown, Maximize2, Minimize2, X } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslations } from 'use-intl';
import { ErrorNotice } from '#components/errors/error-notice.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { useLayer } from '#components/ui/use-layer.ts';
import { closeComposer, shapeComposer } from '#lib/client/compose/composers.ts';
import type { ComposerShape, ComposeStart } from '#lib/client/compose/composers.ts';
import type { DraftSession } from '#lib/client/compose/draft-session.ts';
import { useSelected } from '#lib/client/external-store.ts';
import { visibleText } from '#lib/format/visible-text.ts';
import { Composer } from './composer.tsx';
import { usePrepared } from './use-prepared.ts';
import { useVisualHeight } from './use-visual-height.ts';

interface Props {
  windowKey: string;
  start: ComposeStart;
  shape: ComposerShape;
}

const places: Record<ComposerShape, string> = {
  docked: 'two:h-[min(640px,calc(100dvh-48px))] two:w-[min(620px,calc(100vw-32px))] two:rounded-t-lg',
  folded: 'two:w-64 rounded-t-lg',
  full: 'two:fixed two:inset-x-0 two:top-6 two:bottom-6 two:mx-auto two:w-[min(1000px,calc(100vw-48px))] two:rounded-lg',
};

const onPhone = 'max-two:fixed max-two:inset-x-0 max-two:top-0 max-two:z-40 max-two:h-dvh max-two:border-0';

/**
 * A composer beside the mail: docked at the bottom, over it, or folded to its title; on a phone it is the screen, or a
 * strip above the bar.
 */
export function ComposerWindow({ windowKey, start, shape }: Props) {
  const t = useTranslations('compose');
  const { session, error, retry } = usePrepared(start, shape);
  const [isLeaving, setLeaving] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  useVisualHeight(frame, shape !== 'folded');

  useEffect(() => session?.shape(shape), [session, shape]);

  const end = useCallback(() => closeComposer(windowKey), [windowKey]);

  function close(): void {
    if (isLeaving) return;
    setLeaving(true);
    // What the server does not take stays kept here; nobody has to wait for it.
    void session?.close();
    end();
  }

  useLayer(shape !== 'folded', close);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    close();
  }

  const reshape = (wanted: ComposerShape) => shapeComposer(windowKey, wanted);
  const isFolded = shape === 'folded';
  return (
    <div
      ref={frame}
      role="dialog"
      aria-label={t('title')}
      className={`pointer-events-auto flex min-w-0 flex-col border border-line bg-surface shadow-float ${shape === 'folded' ? '' : onPhone} ${places[shape]}`}
      onKeyDown={onKeyDown}
    >
      <header className="flex h-10 shrink-0 items-center gap-0.5 border-b border-line bg-canvas ps-4 pe-1 two:rounded-t-lg pointer-coarse:h-12">
        <button
          type="button"
          aria-expanded={!isFolded}
          className="h-full min-w-0 flex-1 truncate text-start text-meta font-semibold"
          onClick={() => reshape(isFolded ? 'docked' : 'folded')}
        >
          {session ? <Title session={session} /> : t('title')}
        </button>
        <IconButton
          icon={ChevronDown}
          label={isFolded ? t('unfold') : t('fold')}
          className={isFolded ? 'rotate-180' : ''}
          onClick={() => reshape(isFolded ? 'docked' : 'folded')}
        />
        <IconButton
          icon={shape === 'full' ? Minimize2 : Maximize2}
          label={shape === 'full' ? t('dock') : t('enlarge')}
          className="max-two:hidden"
          onClick={() => reshape(shape === 'full' ? 'docked' : 'full')}
        />
        <IconButton icon={X} label={t('close')} onClick={close} />
      </header>
      <div className={`flex min-h-0 flex-1 flex-col ${isFolded ? 'hidden' : ''}`}>
        {session ? (
          <Composer session={session} start={start} onEnd={end} onOwnWindow={end} />
        ) : error ? (
          <ErrorNotice error={error} onRetry={retry} />
        ) : (
          <p className="late p-6 text-meta text-muted">{t('opening')}</p>
        )}
      </div>
    </div>
  );
}

function Title({ session }: { session: DraftSession }) {
  const t = useTranslations('compose');
  const subject = useSelected(session, ({ content }) => content.subject);
  return <bdi>{visibleText(subject) || t('title')}</bdi>;
}

export { PageComposer } from './page-composer.tsx';
