import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import next from 'next';
import { takeOver } from './events/hand-over.ts';
import { readSettings, SettingsError } from './read-settings.ts';
import { serveDirect } from './direct-routes.ts';
import { refuseForeign } from './refuse-foreign.ts';
import { runShutdownHooks } from './shutdown.ts';
import { serveStaticFiles } from './static-files.ts';

/** The production server: checks the settings, serves, and ends cleanly at SIGTERM or SIGINT within five seconds. */
function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function settingsOrFail() {
  try {
    return readSettings(process.env);
  } catch (error) {
    fail(error instanceof SettingsError ? error.message : 'The settings could not be read.');
  }
}

const settings = settingsOrFail();
if (!existsSync('.next/BUILD_ID')) fail('There is no build yet: run "npm run build" first.');

// next-auth takes its own address from here only; a Host header is not to be believed.
process.env.NEXTAUTH_URL = settings.appUrl.origin;

const app = next({ dev: false, dir: process.cwd(), hostname: settings.appUrl.hostname, port: settings.port });
await app.prepare();
const handle = app.getRequestHandler();

const serveStatic = serveStaticFiles();
const server = createServer((request, response) => {
  if (refuseForeign(request, response, settings.appUrl.origin)) return;
  if (serveStatic(request, response)) return;
  request.headers['x-pipit-socket-address'] = request.socket.remoteAddress ?? '';
  if (serveDirect(request, response, settings.appUrl.origin)) return;
  if (request.url?.startsWith('/api/events')) takeOver(response);
  void handle(request, response);
});
server.keepAliveTimeout = 65_000; // Longer than the usual 60 s of proxies, so that they never meet a closed line.
server.headersTimeout = 70_000;
server.on('error', (error: NodeJS.ErrnoException) =>
  fail(error.code === 'EADDRINUSE' ? `PORT ${settings.port} is in use already.` : 'The server could not listen.'),
);
server.listen(settings.port, () => {
  process.stdout.write(`Pipit is ready at ${settings.appUrl.origin}\n`);
});

let ending = false;
async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  setTimeout(() => process.exit(0), 5_000).unref();
  server.close();
  await runShutdownHooks();
  server.closeAllConnections();
  process.exit(0);
}
process.on('SIGTERM', () => void end());
process.on('SIGINT', () => void end());
