import { PenLine } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import { openComposer } from '#lib/client/compose/composers.ts';
import { composerModule } from './load-composer.ts';

/** Opens an empty message; what it needs is loaded when the pointer or the focus comes near. */
export function ComposeButton({ onOpen }: { onOpen: () => void }) {
  const t = useTranslations('compose');
  const load = () => void composerModule.load().catch(() => {}); // The click tries again.
  return (
    <div className="shrink-0 px-2 pt-1 pb-2">
      <button
        type="button"
        aria-label={t('compose')}
        title={t('compose')}
        className="flex h-9 w-full items-center justify-center gap-2 rounded-md bg-accent text-list font-medium text-on-accent hover:bg-accent-strong pointer-coarse:h-11"
        onPointerEnter={load}
        onFocus={load}
        onClick={() => {
          openComposer({ type: 'new', fields: {} });
          onOpen();
        }}
      >
        <Icon of={PenLine} size={16} />
        <span className="rail:hidden">{t('compose')}</span>
      </button>
    </div>
  );
}

/** The same in the corner of the list, where the folders have no room and there is no bar at the foot. */
export function ComposeCorner() {
  const t = useTranslations('compose');
  return (
    <button
      type="button"
      aria-label={t('compose')}
      title={t('compose')}
      className="no-print fixed end-4 bottom-[calc(16px+env(safe-area-inset-bottom))] z-20 flex size-14 items-center justify-center rounded-full bg-accent text-on-accent shadow-float hover:bg-accent-strong max-two:hidden three:hidden"
      onClick={() => openComposer({ type: 'new', fields: {} })}
    >
      <Icon of={PenLine} size={22} />
    </button>
  );
}
