'use client';

import { CSPProvider } from '@base-ui/react/csp-provider';
import { DirectionProvider } from '@base-ui/react/direction-provider';
import { IntlProvider } from 'use-intl';
import type { ReactNode } from 'react';
import { SessionGuard } from '#components/session/session-guard.tsx';
import type { SignedIn } from '#components/session/session-guard.tsx';
import { WaitingContext } from '#components/ui/load-once.ts';
import { PublicComputerProvider } from '#lib/client/session/public-computer.tsx';
import { lookForUpdate } from '#lib/client/updated.ts';
import type { DateContext } from '#lib/format/dates.ts';
import { FormatProvider } from '#lib/format/use-format.tsx';
import type { Messages } from '#lib/i18n/messages.ts';
import { PartWaits } from './part-waits.tsx';
import { UpdateNotice } from './update-notice.tsx';

const waiting = { Words: PartWaits, onFail: () => void lookForUpdate() };

/** Language, direction, zone and clock for everything below. */
export function AppProviders({
  messages,
  direction,
  format,
  session,
  children,
}: {
  messages: Messages;
  direction: 'ltr' | 'rtl';
  format: DateContext;
  /** Null while nobody is signed in. */
  session: SignedIn | null;
  children: ReactNode;
}) {
  return (
    <CSPProvider disableStyleElements>
      <DirectionProvider direction={direction}>
        <IntlProvider locale={format.locale} messages={messages} timeZone={format.timeZone}>
          <FormatProvider initial={format} isLasting={session?.isPublic === false}>
            <PublicComputerProvider value={session?.isPublic ?? false}>
              <WaitingContext value={waiting}>
                {session ? <SessionGuard session={session} /> : null}
                <UpdateNotice />
                {children}
              </WaitingContext>
            </PublicComputerProvider>
          </FormatProvider>
        </IntlProvider>
      </DirectionProvider>
    </CSPProvider>
  );
}
