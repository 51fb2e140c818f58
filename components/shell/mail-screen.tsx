'use client';

import { useCallback, useState } from 'react';
import { useTranslations } from 'use-intl';
import { CommandKeys } from '#components/commands/command-keys.tsx';
import { MailContextProvider, useMailContext } from '#components/commands/mail-context.tsx';
import { ListPane } from '#components/message-list/list-pane.tsx';
import { ComposeDock } from '#components/compose/compose-dock.tsx';
import { ConversationView } from '#components/message-view/conversation/conversation-view.tsx';
import { ResultConversation } from '#components/message-view/conversation/result-conversation.tsx';
import { MessageView } from '#components/message-view/message-view.tsx';
import { QuotaBanner } from '#components/storage/quota-banner.tsx';
import { LayerContext } from '#components/ui/use-layer.ts';
import { ToastRegion } from '#components/ui/toast-region.tsx';
import { useActs } from '#lib/client/acts/use-acts.ts';
import { DataProvider } from '#lib/client/data-provider.tsx';
import type { InitialData } from '#lib/client/data-provider.tsx';
import { openLayer } from '#lib/client/layers.ts';
import { useLiveEvents } from '#lib/client/feed/live-events.ts';
import { useFollowMailbox } from '#lib/client/mailbox/use-follow-mailbox.ts';
import { useMailLocation } from '#lib/client/location.ts';
import { keepSearchesOutOfAddress } from '#lib/client/search/mail-search.ts';
import { dismissToast, useToasts } from '#lib/client/toasts.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';
import { useTheme } from '#lib/client/use-theme.ts';
import { DragImage } from './drag-image.tsx';
import { FoldersPane } from './folders-pane.tsx';
import { NothingOpen } from './nothing-open.tsx';
import { OfflineBanner } from './offline-banner.tsx';
import { Panes } from './panes.tsx';
import { PhoneBar } from './phone-bar.tsx';
import type { KeptDays } from '#lib/mail/kept-days.ts';
import { RenewalDialog } from './renewal-dialog.tsx';
import { useKeyboardInset } from './use-keyboard-inset.ts';
import { usePageTitle } from './use-page-title.ts';
import { usePreload } from './use-preload.ts';

interface Props {
  initial: InitialData;
  /** The path drawn on the server. */
  path: string;
  address: string;
  /** Names the account without telling it. */
  account: string;
  isPublicComputer: boolean;
  /** Where phishing is reported to; null: nowhere. */
  phishingAddress: string | null;
  keptDays: KeptDays;
}

/** The mail page: folders, list and message, in as many panes as there is room for. */
export function MailScreen({ initial, ...rest }: Props) {
  return (
    <DataProvider initial={initial}>
      <LayerContext value={openLayer}>
        <Screen {...rest} />
      </LayerContext>
    </DataProvider>
  );
}

function Screen({ path, address, account, isPublicComputer, phishingAddress, keptDays }: Omit<Props, 'initial'>) {
  const t = useTranslations('shell');
  const common = useTranslations('common');
  keepSearchesOutOfAddress(isPublicComputer);
  const location = useMailLocation(path);
  const { mailbox, uid } = location;
  const [isFoldersOpen, setFoldersOpen] = useState(false);
  const closeFolders = useCallback(() => setFoldersOpen(false), []);
  const toasts = useToasts();
  useLiveEvents();
  useFollowMailbox();
  useActs(account, isPublicComputer);
  usePageTitle(mailbox, isPublicComputer);
  usePreload();
  useTheme();
  useKeyboardInset();

  if (mailbox === null) return null;
  return (
    <div className="print-flow flex h-[calc(100dvh-var(--keyboard,0px))] flex-col pt-[env(safe-area-inset-top)]">
      <a href="#messages" className={`skip-link ${uid === null ? '' : 'max-two:hidden'}`}>
        {t('skipToList')}
      </a>
      {uid === null ? null : (
        <a href="#message" className="skip-link">
          {t('skipToMessage')}
        </a>
      )}
      <OfflineBanner />
      <QuotaBanner />
      <RenewalDialog address={address} />
      <MailContextProvider mailbox={mailbox} location={location} phishingAddress={phishingAddress} keptDays={keptDays}>
        <Panes
          isMessageOpen={uid !== null}
          folders={<FoldersPane mailbox={mailbox} address={address} isOpen={isFoldersOpen} onClose={closeFolders} />}
          list={<ListPane onOpenFolders={() => setFoldersOpen(true)} />}
          message={<OpenMessage isWaiting={uid !== null} />}
        />
        {uid === null ? <PhoneBar onOpenFolders={() => setFoldersOpen(true)} /> : null}
        <CommandKeys />
        <ComposeDock address={address} isPublicComputer={isPublicComputer} />
      </MailContextProvider>
      <DragImage />
      <ToastRegion toasts={toasts} label={t('notices')} closeLabel={common('close')} onDismiss={dismissToast} />
    </div>
  );
}

function OpenMessage({ isWaiting }: { isWaiting: boolean }) {
  const { openRef, list, search, mailboxes } = useMailContext();
  const { conversations } = usePreferences().preferences;
  if (!openRef) return <NothingOpen isWaiting={isWaiting} />;
  const key = `${openRef.mailbox} ${openRef.uidValidity} ${openRef.uid}`;
  const isDraft = mailboxes.find(({ path }) => path === openRef.mailbox)?.role === 'drafts';
  if (search && conversations.includes(openRef.mailbox) && !isDraft)
    return <ResultConversation key={key} opened={openRef} />;
  if (list.isThreaded) return <ConversationView key={key} opened={openRef} />;
  return <MessageView key={key} message={openRef} />;
}
