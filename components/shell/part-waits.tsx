import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { useLayer } from '#components/ui/use-layer.ts';
import { useConnection } from '#lib/client/feed/connection.ts';
import { useOnline } from '#lib/client/use-online.ts';
import { useIsOutdated } from '#lib/client/updated.ts';
import { useReload } from '#lib/client/use-reload.ts';

/** What is on its way stays quiet for so long, in milliseconds. */
const quietMs = 1_000;

/**
 * Says that something is waited for whose code is not here: for the line, or, of an older build, in vain. What a person
 * asked for is put away by Escape, by the button and by the device's Back; it goes by itself once the code is there.
 */
export function PartWaits({ onClose }: { onClose?: (() => void) | undefined }) {
  const common = useTranslations('common');
  const [isLate, setLate] = useState(false);
  const isOnline = useOnline();
  const isConnected = useConnection().state !== 'reconnecting';
  const isOutdated = useIsOutdated();
  const reload = useReload();
  const latest = useRef(onClose);
  useEffect(() => {
    latest.current = onClose;
  });
  const canClose = onClose !== undefined;
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), quietMs);
    return () => clearTimeout(timer);
  }, []);
  useLayer(canClose && isLate, () => latest.current?.());
  useEffect(() => {
    if (!canClose) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current?.();
    };
    // Before what has the focus, which knows nothing of it.
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  }, [canClose]);

  const words = isOutdated
    ? common('updatedNeeded')
    : isOnline && isConnected
      ? common('loading')
      : common('waitsForLine');
  // Here before its words are, so that screen readers say them.
  return (
    <div
      role="status"
      className={canClose ? 'pointer-events-none fixed inset-x-0 top-[14dvh] z-50 flex justify-center px-3' : ''}
    >
      {isLate ? (
        <div
          className={`flex items-center gap-3 text-meta ${canClose ? 'pointer-events-auto max-w-[560px] rounded-lg border border-line bg-raised py-1.5 ps-4 pe-2 text-ink shadow-float' : 'py-2 text-muted'}`}
        >
          <span className="min-w-0 flex-1 py-1">{words}</span>
          {isOutdated ? (
            <Button look="quiet" className="font-medium text-accent" onClick={() => void reload()}>
              {common('reload')}
            </Button>
          ) : null}
          {onClose ? <IconButton icon={X} label={common('close')} onClick={onClose} /> : null}
        </div>
      ) : null}
    </div>
  );
}
