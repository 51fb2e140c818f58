import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createPlainServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { TlsOptions } from 'node:tls';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMailServer } from '#tests/support/mail-server/start-mail-server.ts';
import type { MailServer, MailServerOptions } from '#tests/support/mail-server/start-mail-server.ts';
import { makeTestCa } from '#tests/support/test-ca.ts';
import type { TestCertificate } from '#tests/support/test-ca.ts';

export const user = 'ann@example.test';
export const password = 'kingfisher';

/** Servers to sign in at; `end` stops all. The settings are read once in a process: one fixture for a test file. */
export function startSignInFixture(security: 'tls' | 'starttls') {
  const dir = mkdtempSync(join(tmpdir(), 'pipit-sign-in-'));
  const ca = makeTestCa(join(dir, 'ca'));
  const endings: (() => Promise<unknown> | void)[] = [];
  Object.assign(process.env, {
    APP_URL: 'http://localhost:3000',
    APP_SECRET: 'a-secret-for-the-tests-of-the-imap-suite-only',
    IMAP_HOST: 'localhost',
    IMAP_SECURITY: security,
    IMAP_TLS_CA: ca.ca.cert,
    SMTP_SECURITY: security,
    DATA_DIR: join(dir, 'pipit'),
    LOG_LEVEL: 'error',
  });
  return {
    ca,
    /** A real Dovecot; without a certificate it offers no TLS at all. */
    async dovecot(certificate: TestCertificate | null, extraConfig = ''): Promise<MailServer> {
      const tls: Pick<MailServerOptions, 'tls'> = certificate ? { tls: certificate } : {};
      const server = await startMailServer({ dataDir: join(dir, `mail-${endings.length}`), users: [{ user, password }], extraConfig, ...tls });
      endings.push(() => server.stop());
      return server;
    },
    /** A server that greets with `greeting` and keeps what it hears; `answer` is what it says to a line, if anything. */
    async greeter(
      greeting: string,
      certificate: TestCertificate | null,
      { tls = {}, answer = () => null }: { tls?: TlsOptions; answer?: (line: string) => string | null } = {},
    ): Promise<{ port: number; heard: () => string }> {
      let heard = '';
      const greet = (socket: Socket) => {
        socket.on('error', () => {}).on('data', (chunk) => {
          heard += chunk.toString('latin1');
          const said = answer(chunk.toString('latin1'));
          if (said !== null) socket.write(said);
        });
        socket.write(`${greeting}\r\n`);
      };
      const server: Server = certificate
        ? createTlsServer({ cert: readFileSync(certificate.cert), key: readFileSync(certificate.key), ...tls }, greet)
        : createPlainServer(greet);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      endings.push(() => void server.close());
      return { port: (server.address() as AddressInfo).port, heard: () => heard };
    },
    async end() {
      for (const end of endings) await end();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export type SignInFixture = ReturnType<typeof startSignInFixture>;
