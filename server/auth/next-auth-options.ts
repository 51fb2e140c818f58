import 'server-only';
import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { isMailError } from '#lib/errors.ts';
import { env } from '#server/env.ts';
import { verifyCredentials } from '#server/imap/verify-credentials.ts';
import { accountKey } from './account.ts';
import type { Account } from './account.ts';
import { createAuthSession } from './auth-session.ts';
import { clientAddress } from './client-address.ts';
import { toKnownError } from './error-response.ts';
import { sessionCookieName } from './session-cookie.ts';
import { limitSignIn } from './sign-in-limits.ts';

/**
 * next-auth carries the sign-in; its "token" is nothing but our cookie's value (vault.ts). No password, address or key ever
 * enters a JWT, and a session can be taken back, which a JWT cannot.
 */
export function nextAuthOptions(): NextAuthOptions {
  const { appUrl, secrets, imap, session } = env();
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
        credentials: { address: {}, password: {}, publicComputer: {} },
        async authorize(credentials, request) {
          const address = credentials?.address.trim() ?? '';
          const password = credentials?.password ?? '';
          if (!isAcceptable(address, 320) || !isAcceptable(password, 1024)) throw new Error('wrong-credentials');
          const account: Account = { host: imap.host, port: imap.port, user: address };
          try {
            const client = clientAddress(new Headers(request.headers));
            await limitSignIn(client, accountKey(account), () => verifyCredentials(account, password));
            const publicComputer = credentials?.publicComputer === 'true';
            return { id: createAuthSession(account, password, publicComputer) };
          } catch (error) {
            const known = isMailError(error) ? error : toKnownError(error);
            throw new Error(JSON.stringify({ code: known.code, retryAfter: known.retryAfter }), { cause: error });
          }
        },
      }),
    ],
  };
}

/** No line breaks or NULs: they would be another command's beginning on the wire. */
function isAcceptable(text: string, max: number): boolean {
  return text.length > 0 && text.length <= max && !/[\0\r\n]/.test(text);
}
