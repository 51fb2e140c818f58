import 'server-only';
import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { isMailError, toMailErrorValue } from '#lib/errors.ts';
import type { MailError } from '#lib/errors.ts';
import { env } from '#server/env.ts';
import { verifyCredentials } from '#server/imap/verify-credentials.ts';
import { log } from '#server/log.ts';
import { accountKey } from './account.ts';
import type { Account } from './account.ts';
import { createAuthSession } from './auth-session.ts';
import type { SessionStart } from './auth-session.ts';
import { clientAddress, clientIp } from './client-address.ts';
import { deviceLabel } from './device-label.ts';
import { toKnownError } from './error-response.ts';
import { isKiosk } from './kiosk.ts';
import { isKnownDevice, knownDeviceCookieName } from './known-device.ts';
import { sessionCookieName } from './session-cookie.ts';
import { limitSignIn } from './sign-in-limits.ts';

/**
 * next-auth carries the sign-in; its "token" is nothing but our cookie's value (vault.ts). No password, address or key ever
 * enters a JWT, and a session can be taken back, which a JWT cannot.
 */
export function nextAuthOptions(): NextAuthOptions {
  const { appUrl, secrets, session } = env();
  return {
    secret: secrets[0] ?? '',
    session: { strategy: 'jwt', maxAge: session.absolute },
    pages: { signIn: '/login', error: '/login' },
    useSecureCookies: appUrl.protocol === 'https:',
    cookies: {
      sessionToken: {
        name: sessionCookieName(),
        options: { httpOnly: true, sameSite: 'lax', path: '/', secure: appUrl.protocol === 'https:' },
      },
    },
    logger: { error: () => {}, warn: () => {}, debug: () => {} },
    jwt: {
      encode: ({ token }) => (typeof token?.cookie === 'string' ? token.cookie : ''),
      decode: () => null,
    },
    callbacks: {
      jwt: ({ token, user }) => (user ? { cookie: user.id } : token),
      session: ({ session: shown }) => ({ expires: shown.expires }),
    },
    providers: [
      CredentialsProvider({
        credentials: { address: {}, password: {}, publicComputer: {}, keep: {}, challenge: {}, proof: {} },
        async authorize(credentials, request) {
          const account = accountOf(credentials?.address ?? '');
          const password = credentials?.password ?? '';
          if (!isAcceptable(account.user, 320) || !isAcceptable(password, 1024))
            throw new Error(JSON.stringify({ code: 'wrong-credentials' }));
          try {
            const headers = new Headers(request.headers);
            const key = accountKey(account);
            const attempt = {
              client: clientAddress(headers),
              account: key,
              isKnownDevice: isKnownDevice(cookieOf(headers, knownDeviceCookieName()), key),
              challenge: credentials?.challenge,
              proof: credentials?.proof,
            };
            await limitSignIn(attempt, () => verifyCredentials(account, password));
            const start = {
              kind: sessionKind(headers, credentials),
              device: deviceLabel(headers.get('user-agent')),
              place: clientIp(headers) ?? '',
            };
            return { id: createAuthSession(account, password, start) };
          } catch (error) {
            const known = isMailError(error) ? error : toKnownError(error);
            tellRefusal(known, new Headers(request.headers));
            throw new Error(JSON.stringify(toMailErrorValue(known)), { cause: error });
          }
        },
      }),
    ],
  };
}

/** The login that an address typed at sign-in stands for. */
export function accountOf(address: string): Account {
  const { host, port } = env().imap;
  return { host, port, user: address.trim() };
}

/** What of the wishes on the sign-in page holds: a kiosk is a public computer whatever was ticked. */
export function sessionKind(
  headers: Headers,
  wishes: { publicComputer?: string; keep?: string } | undefined,
): SessionStart['kind'] {
  if (wishes?.publicComputer === 'true' || isKiosk(headers)) return 'public';
  return wishes?.keep === 'true' ? 'kept' : 'normal';
}

/** The one line that a ban of addresses may be built on (server/auth/fail2ban.conf); its form is stable. */
function tellRefusal({ code }: MailError, headers: Headers): void {
  if (code !== 'wrong-credentials' && code !== 'too-many-attempts' && code !== 'proof-needed') return;
  log.warn('sign-in-refused', { client: clientIp(headers) ?? 'unknown', reason: code });
}

function cookieOf(headers: Headers, name: string): string | undefined {
  const pairs = (headers.get('cookie') ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** No line breaks or NULs: they would be another command's beginning on the wire. */
function isAcceptable(text: string, max: number): boolean {
  return text.length > 0 && text.length <= max && !/[\0\r\n]/.test(text);
}
