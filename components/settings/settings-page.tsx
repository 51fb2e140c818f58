'use client';

import { ArrowLeft, Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { TaskRegion } from '#components/bulk/task-region.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { LayerContext } from '#components/ui/use-layer.ts';
import { ToastRegion } from '#components/ui/toast-region.tsx';
import { useActs } from '#lib/client/acts/use-acts.ts';
import { DataProvider } from '#lib/client/data-provider.tsx';
import { openLayer } from '#lib/client/layers.ts';
import { useLiveEvents } from '#lib/client/feed/live-events.ts';
import { dismissToast, useToasts } from '#lib/client/toasts.ts';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import type { Preferences } from '#lib/mail/preferences.ts';
import { useTheme } from '#lib/client/use-theme.ts';
import { allSettings } from './all-settings.ts';
import { sections } from './sections.ts';
import type { Section } from './sections.ts';
import { SettingField } from './setting-field.tsx';
import { useFoundSettings } from './use-found-settings.ts';
import { useSection } from './use-section.ts';

/** Tasks begun here are of labels, which name no mailbox. */
const noMailboxes: readonly Mailbox[] = [];

/** The person's choices, one section at a time, or what a search finds in all of them; each holds the moment it is made. */
export function SettingsPage({
  section,
  preferences,
  account,
  isPublicComputer,
}: {
  section: Section;
  preferences: Preferences;
  /** Names the account without telling it. */
  account: string;
  isPublicComputer: boolean;
}) {
  return (
    <DataProvider initial={{ preferences }}>
      <LayerContext value={openLayer}>
        <Screen initialSection={section} account={account} isPublicComputer={isPublicComputer} />
      </LayerContext>
    </DataProvider>
  );
}

function Screen({
  initialSection,
  account,
  isPublicComputer,
}: {
  initialSection: Section;
  account: string;
  isPublicComputer: boolean;
}) {
  const t = useTranslations('settings');
  const shell = useTranslations('shell');
  const common = useTranslations('common');
  const toasts = useToasts();
  const { section, open } = useSection(initialSection);
  const [wanted, setWanted] = useState('');
  const found = useFoundSettings(wanted);
  useTheme();
  useLiveEvents();
  useActs(account, isPublicComputer);
  const shown = found ?? allSettings.filter((setting) => setting.section === section);
  return (
    <div className="h-dvh overflow-y-auto">
      <div className="mx-auto flex max-w-[860px] flex-wrap items-start gap-x-10 gap-y-4 px-6 py-8 max-two:px-4 max-two:pt-[max(12px,env(safe-area-inset-top))] max-two:pb-[max(24px,env(safe-area-inset-bottom))]">
        <nav aria-label={t('sections')} className="two:sticky two:top-8 two:w-52 max-two:w-full">
          <a
            href="/mail/INBOX"
            className="mb-3 inline-flex min-h-8 items-center gap-2 text-meta text-muted hover:text-ink pointer-coarse:min-h-11"
          >
            <Icon of={ArrowLeft} size={16} className="rtl:-scale-x-100" />
            {t('backToMail')}
          </a>
          <label className="relative mb-3 block">
            <span className="sr-only">{t('search')}</span>
            <Icon
              of={Search}
              size={16}
              className="pointer-events-none absolute inset-y-0 start-2.5 my-auto text-faint"
            />
            <input
              type="search"
              value={wanted}
              placeholder={t('search')}
              autoComplete="off"
              className="h-9 w-full rounded-md border border-line-strong/60 bg-surface ps-8 pe-2 text-list placeholder:text-muted pointer-coarse:h-11 pointer-coarse:text-title"
              onChange={(event) => setWanted(event.target.value)}
            />
          </label>
          <ul className="flex gap-1 max-two:-mx-4 max-two:overflow-x-auto max-two:px-4 max-two:py-1 two:flex-col">
            {sections.map((name) => (
              <li key={name} className="shrink-0">
                <a
                  href={`/settings/${name}`}
                  aria-current={name === section && !found ? 'page' : undefined}
                  className={`flex min-h-8 items-center rounded-md px-3 text-list whitespace-nowrap pointer-coarse:min-h-11 ${name === section && !found ? 'bg-selected font-medium' : 'hover:bg-hover'}`}
                  onClick={(event) => {
                    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                    event.preventDefault();
                    setWanted('');
                    open(name);
                  }}
                >
                  {t(name)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <main className="min-w-0 flex-1 basis-80">
          <h1 className="mb-6 text-subject font-semibold tracking-tight">{found ? t('found') : t(section)}</h1>
          <p role="status" className={found ? 'mb-5 text-meta text-muted' : 'sr-only'}>
            {found ? t('foundCount', { count: found.length }) : ''}
          </p>
          {shown.map((setting, index) => (
            <div key={setting.id} id={setting.id} className="scroll-mt-6">
              {found && setting.section !== shown[index - 1]?.section ? (
                <h2 className="mb-3 border-b border-line pb-1 text-meta text-muted">{t(setting.section)}</h2>
              ) : null}
              <SettingField setting={setting} />
            </div>
          ))}
        </main>
      </div>
      {/* The page of what takes the space has its own, which knows the folders' names. */}
      {shown.some(({ id }) => id === 'spaceTaken') ? null : <TaskRegion mailboxes={noMailboxes} />}
      <ToastRegion toasts={toasts} label={shell('notices')} closeLabel={common('close')} onDismiss={dismissToast} />
    </div>
  );
}
