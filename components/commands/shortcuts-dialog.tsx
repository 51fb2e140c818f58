import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Dialog } from '#components/ui/dialog.tsx';
import { usePreferences } from '#lib/client/use-preferences.ts';
import { matchesWords } from '#lib/format/match-words.ts';
import type { Command, CommandGroup } from './command.ts';
import { KeyCaps } from './key-caps.tsx';
import { keysOf } from './key-sets.ts';
import { commands } from './registry.ts';

const groups: readonly CommandGroup[] = ['walk', 'act', 'write', 'select', 'go', 'app'];

/** All keys there are, made from the registry so that it cannot tell anything else than what they do. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('commands');
  const s = useTranslations('shortcuts');
  const common = useTranslations('common');
  const { keySet } = usePreferences().preferences;
  const [wanted, setWanted] = useState('');
  const listed = commands.filter(
    (command) =>
      keysOf(command, keySet).length > 0 && matchesWords(wanted, [t(command.id), ...keysOf(command, keySet)]),
  );
  return (
    <Dialog title={t('show-shortcuts')} closeLabel={common('close')} onClose={onClose} wide>
      <input
        type="search"
        aria-label={s('search')}
        placeholder={s('search')}
        autoComplete="off"
        value={wanted}
        className="mb-4 h-9 w-full rounded-md border border-line-strong/60 bg-surface px-3 text-list placeholder:text-muted pointer-coarse:h-11 pointer-coarse:text-title"
        onChange={(event) => setWanted(event.target.value)}
      />
      <p className="mb-3 text-meta text-muted">
        {s(keySet)}{' '}
        <a className="text-accent underline" href="/settings/keyboard">
          {s('change')}
        </a>
      </p>
      <p role="status" className={listed.length > 0 ? 'sr-only' : 'py-6 text-center text-list text-muted'}>
        {listed.length > 0 ? '' : s('nothingFound')}
      </p>
      <div className="gap-x-10 two:columns-2">
        {groups.map((group) => (
          <KeyGroup key={group} title={s(`group-${group}`)} listed={listed.filter((one) => one.group === group)} />
        ))}
      </div>
    </Dialog>
  );
}

function KeyGroup({ title, listed }: { title: string; listed: readonly Command[] }) {
  const t = useTranslations('commands');
  const { keySet } = usePreferences().preferences;
  if (listed.length === 0) return null;
  return (
    <section className="mb-5 break-inside-avoid">
      <h3 className="mb-1.5 text-small font-semibold text-muted">{title}</h3>
      <dl>
        {distinct(listed, keySet).map(({ names, keys }) => (
          <div
            key={keys}
            className="flex min-h-7 items-center justify-between gap-4 border-b border-line py-1 text-list"
          >
            <dt>{names.map((id) => t(id)).join(' / ')}</dt>
            <dd className="shrink-0">
              <KeyCaps keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Commands that take turns share a key, and a line. */
function distinct(listed: readonly Command[], keySet: Parameters<typeof keysOf>[1]) {
  const byKeys = Map.groupBy(listed, (command) => keysOf(command, keySet)[0] ?? '');
  return [...byKeys].map(([keys, its]) => ({ keys, names: its.map(({ id }) => id) }));
}
