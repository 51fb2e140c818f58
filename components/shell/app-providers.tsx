'use client';

import { CSPProvider } from '@base-ui/react/csp-provider';
import { DirectionProvider } from '@base-ui/react/direction-provider';
import { IntlProvider } from 'use-intl';
import type { ReactNode } from 'react';
import type { DateContext } from '#lib/format/dates.ts';
import { FormatProvider } from '#lib/format/use-format.tsx';
import type { Messages } from '#lib/i18n/messages.ts';

/** Language, direction, zone and clock for everything below. */
export function AppProviders({
  messages,
  direction,
  format,
  isPrivateBrowser,
  children,
}: {
  messages: Messages;
  direction: 'ltr' | 'rtl';
  format: DateContext;
  /** Somebody is signed in, on a computer of their own. */
  isPrivateBrowser: boolean;
  children: ReactNode;
}) {
  return (
    <CSPProvider disableStyleElements>
      <DirectionProvider direction={direction}>
        <IntlProvider locale={format.locale} messages={messages} timeZone={format.timeZone}>
          <FormatProvider initial={format} isLasting={isPrivateBrowser}>
            {children}
          </FormatProvider>
        </IntlProvider>
      </DirectionProvider>
    </CSPProvider>
  );
}
