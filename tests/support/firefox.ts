import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One tab of Debian's Firefox. Playwright drives only its own build of it; this speaks WebDriver BiDi, which every Firefox knows. */
export interface Firefox {
  open(address: string): Promise<void>;
  /** What an expression of JavaScript answers, by way of JSON; waits for promises. */
  evaluate<T>(expression: string): Promise<T>;
  /** Lays the page out for paper. */
  print(): Promise<void>;
  /** The texts of dialogs that pages opened; each was dismissed. */
  dialogs: string[];
  close(): Promise<void>;
}

interface Options {
  /** Everything but loopback goes through this proxy on 127.0.0.1. */
  proxyPort: number;
}

/** Starts it without a window, with a profile of its own that asks nobody anything by itself. */
export async function startFirefox({ proxyPort }: Options): Promise<Firefox> {
  const profile = mkdtempSync(join(tmpdir(), 'pipit-firefox-'));
  const lines = Object.entries(preferences(proxyPort)).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
  writeFileSync(join(profile, 'user.js'), lines.join(''));
  const browser = spawn('firefox-esr', ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, HOME: profile, MOZ_CRASHREPORTER_DISABLE: '1' },
  });
  const ended = once(browser, 'exit');
  const address = await listening(browser.stderr, ended);
  const { call, hear, socket } = await connect(`${address}/session`);
  await call('session.new', { capabilities: { alwaysMatch: { unhandledPromptBehavior: { default: 'dismiss' } } } });
  const dialogs: string[] = [];
  hear('browsingContext.userPromptOpened', ({ message }) => dialogs.push(`${message}`));
  await call('session.subscribe', { events: ['browsingContext.userPromptOpened'] });
  const { context } = await call('browsingContext.create', { type: 'tab' });
  await call('browsingContext.setViewport', { context, viewport: { width: 1280, height: 800 } });
  return {
    dialogs,
    async open(url) {
      await call('browsingContext.navigate', { context, url, wait: 'complete' });
    },
    async evaluate<T>(expression: string) {
      const { result, exceptionDetails } = await call('script.evaluate', {
        expression: `(async () => JSON.stringify(await (${expression})) ?? 'null')()`,
        target: { context },
        awaitPromise: true,
        userActivation: true,
      });
      if (exceptionDetails) throw new Error((exceptionDetails as { text: string }).text);
      return JSON.parse((result as { value: string }).value) as T; // Made by JSON.stringify in the line above.
    },
    async print() {
      await call('browsingContext.print', { context });
    },
    async close() {
      socket.close();
      browser.kill('SIGTERM');
      await ended;
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** Nothing of its own goes out: what the proxy sees is what pages asked for. */
function preferences(proxyPort: number): Record<string, string | number | boolean> {
  return {
    'network.proxy.type': 1,
    'network.proxy.http': '127.0.0.1',
    'network.proxy.http_port': proxyPort,
    'network.proxy.ssl': '127.0.0.1',
    'network.proxy.ssl_port': proxyPort,
    'app.update.enabled': false,
    'app.normandy.enabled': false,
    'browser.safebrowsing.malware.enabled': false,
    'browser.safebrowsing.phishing.enabled': false,
    'browser.shell.checkDefaultBrowser': false,
    'browser.startup.homepage_override.mstone': 'ignore',
    'browser.startup.page': 0,
    'datareporting.policy.dataSubmissionEnabled': false,
    'extensions.getAddons.cache.enabled': false,
    'extensions.update.enabled': false,
    'media.gmp-manager.updateEnabled': false,
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'services.settings.server': 'http://127.0.0.1:1/',
    'toolkit.telemetry.server': 'http://127.0.0.1:1/',
    'toolkit.telemetry.enabled': false,
  };
}

/** The address of the protocol, as the browser says it while it starts. */
async function listening(output: NodeJS.ReadableStream, ended: Promise<unknown>): Promise<string> {
  let text = '';
  const found = new Promise<string>((resolve) => {
    output.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const [, address] = /WebDriver BiDi listening on (ws:\S+)/.exec(text) ?? [];
      if (address) resolve(address);
    });
  });
  const failed = ended.then(() => Promise.reject(new Error(`Firefox did not start: ${text}`)));
  return Promise.race([found, failed]);
}

type Values = Record<string, unknown>;

/** Commands and events of WebDriver BiDi, each a JSON text in a frame of a WebSocket. */
async function connect(address: string) {
  const socket = new WebSocket(address);
  const waiting = new Map<number, { resolve: (result: Values) => void; reject: (error: Error) => void }>();
  const listeners = new Map<string, (params: Values) => void>();
  let last = 0;
  socket.onmessage = ({ data }) => {
    const said = JSON.parse(`${data}`) as { id?: number; type: string; method?: string; params?: Values; result?: Values; message?: string };
    if (said.type === 'event') return listeners.get(said.method ?? '')?.(said.params ?? {});
    const asked = waiting.get(said.id ?? -1);
    waiting.delete(said.id ?? -1);
    if (said.type === 'success') asked?.resolve(said.result ?? {});
    else asked?.reject(new Error(said.message));
  };
  await once(socket, 'open');
  return {
    socket,
    call: (method: string, params: Values): Promise<Values> =>
      new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, { resolve, reject });
        socket.send(JSON.stringify({ id: last, method, params }));
      }),
    hear: (method: string, listener: (params: Values) => void) => void listeners.set(method, listener),
  };
}
