'use client';

import { useCallback, useState } from 'react';
import type { CSSProperties, ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { CommandKeys } from '#components/commands/command-keys.tsx';
import { MailContextProvider, useMailContext } from '#components/commands/mail-context.tsx';
import { MessageList } from '#components/message-list/message-list.tsx';
import { MessageView } from '#components/message-view/message-view.tsx';
import { usePreload } from '#components/message-view/use-preload.ts';
import { Splitter } from '#components/ui/splitter.tsx';
import { ToastRegion } from '#components/ui/toast-region.tsx';
import { DataProvider } from '#lib/client/data-provider.tsx';
import type { InitialData } from '#lib/client/data-provider.tsx';
import { useLiveEvents } from '#lib/client/live-events.ts';
import { useMailLocation } from '#lib/client/location.ts';
import { dismissToast, useToasts } from '#lib/client/toasts.ts';
import { useTheme } from '#lib/client/use-theme.ts';
import { FoldersPane } from './folders-pane.tsx';
import { formatWidths, layoutCookie, limits } from './layout-widths.ts';
import type { LayoutWidths } from './layout-widths.ts';
import { NothingOpen } from './nothing-open.tsx';
import { OfflineBanner } from './offline-banner.tsx';
import { RenewalDialog } from './renewal-dialog.tsx';
import { usePageTitle } from './use-page-title.ts';

interface Props {
  initial: InitialData;
  /** The path drawn on the server. */
  path: string;
  address: string;
  isPublicComputer: boolean;
  widths: LayoutWidths;
}

/** The mail page: folders, list and message, in as many panes as there is room for. */
export function MailScreen({ initial, ...rest }: Props) {
  return (
    <DataProvider initial={initial}>
      <Screen {...rest} />
    </DataProvider>
  );
}

function Screen({ path, address, isPublicComputer, widths: initialWidths }: Omit<Props, 'initial'>) {
  const t = useTranslations('shell');
  const common = useTranslations('common');
  const { mailbox, uid } = useMailLocation(path);
  const [widths, setWidths] = useState(initialWidths);
  const [isFoldersOpen, setFoldersOpen] = useState(false);
  const closeFolders = useCallback(() => setFoldersOpen(false), []);
  const toasts = useToasts();
  useLiveEvents();
  usePageTitle(mailbox, isPublicComputer);
  usePreload();
  useTheme();

  const resize = (changed: Partial<LayoutWidths>) => setWidths((before) => ({ ...before, ...changed }));

  function keepWidths(): void {
    if (isPublicComputer) return; // Nothing stays on a shared computer.
    document.cookie = `${layoutCookie}=${formatWidths(widths)}; Path=/; SameSite=Lax; Max-Age=31536000`;
  }

  // Numbers for the grid's tracks; the layout itself stands in the classes.
  const tracks = { '--folders': `${widths.folders}px`, '--list': `${widths.list}px` } as CSSProperties;
  if (mailbox === null) return null;
  return (
    <div className="print-flow flex h-dvh flex-col">
      <a href="#messages" className={`skip-link ${uid === null ? '' : 'max-two:hidden'}`}>
        {t('skipToList')}
      </a>
      {uid === null ? null : (
        <a href="#message" className="skip-link">
          {t('skipToMessage')}
        </a>
      )}
      <OfflineBanner />
      <RenewalDialog address={address} />
      <MailContextProvider mailbox={mailbox} openUid={uid}>
        <div
          style={tracks}
          className="print-flow grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)] two:grid-cols-[minmax(280px,min(var(--list),50vw))_1px_minmax(0,1fr)] three:grid-cols-[var(--folders)_1px_minmax(300px,var(--list))_1px_minmax(320px,1fr)]"
        >
          <FoldersPane mailbox={mailbox} address={address} isOpen={isFoldersOpen} onClose={closeFolders} />
          <Divider className="max-three:hidden">
            <Splitter
              label={t('resizeFolders')}
              value={widths.folders}
              min={limits.folders[0]}
              max={limits.folders[1]}
              onChange={(folders) => resize({ folders })}
              onSettle={keepWidths}
            />
          </Divider>
          <main className="contents">
            <div className={`no-print flex min-h-0 min-w-0 bg-surface ${uid === null ? '' : 'max-two:hidden'}`}>
              <MessageList key={mailbox} onOpenFolders={() => setFoldersOpen(true)} />
            </div>
            <Divider className="max-two:hidden">
              <Splitter
                label={t('resizeList')}
                value={widths.list}
                min={limits.list[0]}
                max={limits.list[1]}
                onChange={(list) => resize({ list })}
                onSettle={keepWidths}
              />
            </Divider>
            <div className={`print-flow flex min-h-0 min-w-0 bg-surface ${uid === null ? 'max-two:hidden' : ''}`}>
              <OpenMessage />
            </div>
          </main>
        </div>
        <CommandKeys />
      </MailContextProvider>
      <ToastRegion toasts={toasts} label={t('notices')} closeLabel={common('close')} onDismiss={dismissToast} />
    </div>
  );
}

function Divider({ className, children }: { className: string; children: ReactNode }) {
  return <div className={`no-print grid ${className}`}>{children}</div>;
}

function OpenMessage() {
  const { openRef, openId } = useMailContext();
  if (!openRef) return <NothingOpen isWaiting={openId !== null} />;
  return <MessageView key={`${openRef.mailbox} ${openRef.uidValidity} ${openRef.uid}`} message={openRef} />;
}
