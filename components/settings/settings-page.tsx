'use client';

import { ArrowLeft } from 'lucide-react';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import { ToastRegion } from '#components/ui/toast-region.tsx';
import { DataProvider } from '#lib/client/data-provider.tsx';
import { dismissToast, useToasts } from '#lib/client/toasts.ts';
import type { Preferences } from '#lib/mail/preferences.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';
import { sections } from './sections.ts';
import type { Section } from './sections.ts';
import { AppearanceSection, KeyboardSection, NotificationsSection, ReadingSection } from './section-forms.tsx';

const forms = {
  reading: ReadingSection,
  appearance: AppearanceSection,
  notifications: NotificationsSection,
  keyboard: KeyboardSection,
} satisfies Record<Section, () => ReactNode>;

/** The person's choices, one section at a time; each holds the moment it is made. */
export function SettingsPage({ section, preferences }: { section: Section; preferences: Preferences }) {
  return (
    <DataProvider initial={{ preferences }}>
      <Screen section={section} />
    </DataProvider>
  );
}

function Screen({ section }: { section: Section }) {
  const t = useTranslations('settings');
  const shell = useTranslations('shell');
  const common = useTranslations('common');
  const toasts = useToasts();
  const { theme } = usePreferences().preferences;
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
  const Form = forms[section];
  return (
    <div className="h-dvh overflow-y-auto">
      <div className="mx-auto flex max-w-[860px] flex-wrap gap-x-10 gap-y-4 px-6 py-8 max-two:px-4 max-two:py-4">
        <nav aria-label={t('sections')} className="two:w-52">
          <a
            href="/mail/INBOX"
            className="mb-5 inline-flex min-h-8 items-center gap-2 text-meta text-muted hover:text-ink pointer-coarse:min-h-11"
          >
            <Icon of={ArrowLeft} size={16} className="rtl:-scale-x-100" />
            {t('backToMail')}
          </a>
          <ul className="flex flex-wrap gap-1 two:flex-col">
            {sections.map((name) => (
              <li key={name}>
                <a
                  href={`/settings/${name}`}
                  aria-current={name === section ? 'page' : undefined}
                  className={`flex min-h-8 items-center rounded-md px-3 text-list pointer-coarse:min-h-11 ${name === section ? 'bg-selected font-medium' : 'hover:bg-hover'}`}
                >
                  {t(name)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <main className="min-w-0 flex-1 basis-80">
          <h1 className="mb-6 text-subject font-semibold tracking-tight">{t(section)}</h1>
          <Form />
        </main>
      </div>
      <ToastRegion toasts={toasts} label={shell('notices')} closeLabel={common('close')} onDismiss={dismissToast} />
    </div>
  );
}
