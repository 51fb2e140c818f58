import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { AppProviders } from '#components/shell/app-providers.tsx';
import { accountKey } from '#server/auth/account.ts';
import { idleLimits } from '#server/auth/auth-session.ts';
import { buildId } from '#server/build-id.ts';
import './globals.css';
import { pageContext } from './page-context.ts';

export const metadata: Metadata = { title: 'Pipit', robots: { index: false, follow: false } };

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  // The keyboard of a phone makes the page smaller instead of lying over its fields.
  interactiveWidget: 'resizes-content',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f3f1ed' },
    { media: '(prefers-color-scheme: dark)', color: '#131210' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const { auth, locale, direction, preferences, messages, format } = await pageContext();
  const theme = preferences.theme === 'system' ? undefined : preferences.theme;
  return (
    <html
      lang={locale}
      dir={direction}
      data-theme={theme}
      data-public={auth?.publicComputer ? '' : undefined}
      data-build={buildId() ?? undefined}
    >
      <body>
        <AppProviders
          messages={messages}
          direction={direction}
          format={format}
          session={
            auth && {
              account: accountKey(auth.account),
              isPublic: auth.publicComputer,
              idleSeconds: idleLimits().public / 1000,
            }
          }
        >
          {children}
        </AppProviders>
      </body>
    </html>
  );
}
