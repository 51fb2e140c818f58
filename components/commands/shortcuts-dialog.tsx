import { useTranslations } from 'use-intl';
import { Dialog } from '#components/ui/dialog.tsx';
import { usePreferences } from '#lib/client/use-preferences.ts';
import { keysOf } from './key-sets.ts';
import { commands } from './registry.ts';

/** All keys there are, made from the registry so that it cannot tell anything else than what they do. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('commands');
  const s = useTranslations('shortcuts');
  const common = useTranslations('common');
  const { preferences } = usePreferences();
  return (
    <Dialog title={t('show-shortcuts')} closeLabel={common('close')} onClose={onClose}>
      {preferences.keySet !== 'off' ? null : <p className="mb-3 text-meta text-muted">{s('off')}</p>}
      <dl className="grid grid-cols-[1fr_auto] items-center gap-x-6 gap-y-1.5 text-list">
        {commands
          .map((command) => ({ id: command.id, keys: keysOf(command, preferences.keySet) }))
          .filter(({ keys }) => keys.length > 0)
          .map(({ id, keys }) => (
            <div key={id} className="contents">
              <dt>{t(id)}</dt>
              <dd className="flex items-center justify-end gap-1.5 text-small text-muted">
                {(keys[0] ?? '').split(' ').map((key, index) => (
                  <span key={key} className="contents">
                    {index > 0 ? <span>{s('then')}</span> : null}
                    <kbd className="min-w-6 rounded-md border border-line-strong/40 px-1.5 py-0.5 text-center font-sans text-ink">
                      {key.replace('Shift+', '⇧ ')}
                    </kbd>
                  </span>
                ))}
              </dd>
            </div>
          ))}
      </dl>
    </Dialog>
  );
}
