'use client';

import { ArrowLeft } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { RenewalDialog } from '#components/shell/renewal-dialog.tsx';
import { OfflineBanner } from '#components/shell/offline-banner.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { PartWaits } from '#components/ui/lazy-part.tsx';
import { useLoaded } from '#components/ui/load-once.ts';
import { ToastRegion } from '#components/ui/toast-region.tsx';
import { setComposeAccount } from '#lib/client/compose/compose-account.ts';
import { openComposers, useComposers } from '#lib/client/compose/composers.ts';
import type { ComposeStart } from '#lib/client/compose/composers.ts';
import { DataProvider } from '#lib/client/data-provider.tsx';
import { dismissToast, useToasts } from '#lib/client/toasts.ts';
import { useTheme } from '#lib/client/use-theme.ts';
import { parseComposeQuery } from '#lib/mail/parse-mailto.ts';
import type { Preferences } from '#lib/mail/preferences.ts';
import { composerModule } from './load-composer.ts';

interface Props {
  preferences: Preferences;
  address: string;
  isPublicComputer: boolean;
}

/**
 * One message as a page: the `mailto:` handler's target, and a composer's own window. Its address names the draft, so
 * that reload finds it.
 */
export function ComposePage({ preferences, ...rest }: Props) {
  return (
    <DataProvider initial={{ preferences }}>
      <Screen {...rest} />
    </DataProvider>
  );
}

function Screen({ address, isPublicComputer }: Omit<Props, 'preferences'>) {
  const t = useTranslations('compose');
  const shell = useTranslations('shell');
  const common = useTranslations('common');
  const module = useLoaded(composerModule);
  const toasts = useToasts();
  const [start, setStart] = useState<ComposeStart | null>(null);
  const [isDone, setDone] = useState(false);
  const reopened = useComposers().at(-1);
  useTheme();

  useEffect(() => {
    setComposeAccount(address, isPublicComputer);
    setStart(readAddress());
    // Neither names nor a subject stay in the history of a shared computer.
    if (isPublicComputer && !draftInAddress()) window.history.replaceState(null, '', '/compose');
  }, [address, isPublicComputer]);

  // Undo opens the draft again: here, where it was.
  useEffect(() => {
    if (!isDone || !reopened) return;
    setStart(openComposers().at(-1)?.start ?? null);
    setDone(false);
  }, [isDone, reopened]);

  const onEnd = useCallback(() => setDone(true), []);
  const onKnown = useCallback((id: string) => window.history.replaceState(null, '', `/compose?draft=${id}`), []);
  const PageComposer = module?.PageComposer;
  return (
    <div className="flex h-dvh flex-col">
      <OfflineBanner />
      <RenewalDialog address={address} />
      <header className="flex h-11 shrink-0 items-center border-b border-line px-2 pointer-coarse:h-14">
        <a
          href="/mail/INBOX"
          className="inline-flex h-8 items-center gap-2 rounded-md px-2 text-meta text-muted hover:bg-hover hover:text-ink pointer-coarse:h-11"
        >
          <Icon of={ArrowLeft} size={16} className="rtl:-scale-x-100" />
          {t('toMail')}
        </a>
      </header>
      <main className="flex min-h-0 flex-1 flex-col">
        {isDone ? (
          <p className="m-auto p-8 text-center text-list text-muted">{t('doneHere')}</p>
        ) : start && PageComposer ? (
          <PageComposer key={JSON.stringify(start)} start={start} onKnown={onKnown} onEnd={onEnd} />
        ) : start ? (
          <div className="m-auto p-8">
            <PartWaits />
          </div>
        ) : (
          <p className="late m-auto p-8 text-meta text-muted">{t('opening')}</p>
        )}
      </main>
      <ToastRegion toasts={toasts} label={shell('notices')} closeLabel={common('close')} onDismiss={dismissToast} />
    </div>
  );
}

function readAddress(): ComposeStart {
  const id = draftInAddress();
  if (id) return { type: 'id', id };
  return { type: 'new', fields: parseComposeQuery(window.location.search) };
}

/** The draft's id in the page's address; null where there is none. */
function draftInAddress(): string | null {
  const id = new URLSearchParams(window.location.search).get('draft');
  return id && /^[\da-f-]{36}$/i.test(id) ? id : null;
}
