import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Whoever opens a connection, with what it is bound by. */
const known: Readonly<Record<string, string>> = {
  'content/public-request.ts': 'public addresses only, checked for each request and connected to as checked',
  'imap/connection.ts': 'the administrator’s server, by TLS as the administrator asked',
  'imap/narrow-socket.ts': 'carries the line of connection.ts, to the same host and port',
  'processes/links.ts':
    'sockets in a folder of DATA_DIR, by path and never by host: the other processes of this server',
  'sieve/connection.ts': 'the administrator’s server, by TLS as the administrator asked',
  'smtp/submission.ts': 'the administrator’s server, by TLS as the administrator asked',
};

const opens =
  /\bfetch\(|new ImapFlow\(|new SMTPConnection\(|createTransport\(|from 'node:(?:dns|dns\/promises|dgram|http2)'|import \{[^}]*\b(?:request|get|connect|createConnection|Socket)\b[^}]*\} from 'node:(?:https?|net|tls)'|new WebSocket\(|undici/;

test('checks 18, 67 and 85: only six files open connections to anybody, and each is guarded', () => {
  const files = readdirSync('server', { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(?<!\.test)\.ts$/.test(file),
  );
  const found = files.filter((file) => opens.test(readFileSync(join('server', file), 'utf8')));
  // A new one belongs behind the guard of public-address.ts, and then into the list.
  expect(found.sort()).toEqual(Object.keys(known));
  for (const folder of ['app', 'lib']) {
    const outside = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (file) => /\.tsx?$/.test(file) && !/\.test\.|client\//.test(file),
    );
    for (const file of outside) expect(opens.test(readFileSync(join(folder, file), 'utf8')), file).toBe(false);
  }
});
