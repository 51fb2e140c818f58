import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Debian's Firefox without a window. Playwright drives only its own build of it; this speaks WebDriver BiDi, which every Firefox knows. */
export interface Firefox {
  newTab(): Promise<FirefoxTab>;
  /** All tabs there are, those of a restored window too. */
  tabs(): Promise<FirefoxTab[]>;
  /** The texts of dialogs that pages opened; each was dismissed. */
  dialogs: string[];
  /** Opens the tab that was closed last, as Ctrl+Shift+T does. */
  reopenTab(): Promise<void>;
  /** All cookies, as a request would name them. */
  cookies(): Promise<string>;
  /** Ends it as somebody does who closes its window; a profile that isn't its own stays. */
  close(): Promise<void>;
  /** Ends it as a crash does. */
  kill(): Promise<void>;
}

export interface FirefoxTab {
  open(address: string): Promise<void>;
  /** What an expression of JavaScript answers, by way of JSON; waits for promises. */
  evaluate<T>(expression: string): Promise<T>;
  /** Steps through the history, back when negative. Rejects where there is none. */
  step(delta: number): Promise<void>;
  /** Lays the page out for paper. */
  print(): Promise<void>;
  close(): Promise<void>;
}

interface Options {
  /** Everything but loopback goes through this proxy on 127.0.0.1. */
  proxyPort: number;
  /** A folder that outlives it; without one the profile goes with the browser. */
  profile?: string;
}

/** Starts it with a profile that asks nobody anything by itself; one that outlives it opens the windows of the time before. */
export async function startFirefox({ proxyPort, profile: kept }: Options): Promise<Firefox> {
  const profile = kept ?? mkdtempSync(join(tmpdir(), 'pipit-firefox-'));
  const lines = Object.entries({ ...preferences(proxyPort), ...(kept ? lasting : {}) }).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
  writeFileSync(join(profile, 'user.js'), lines.join(''));
  const browser = spawn('firefox-esr', ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0', '--marionette', '--remote-allow-system-access'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, HOME: profile, MOZ_CRASHREPORTER_DISABLE: '1' },
  });
  const ended = once(browser, 'exit');
  const address = await listening(browser.stderr, ended);
  const dialogs: string[] = [];

  async function begin(): Promise<Connection> {
    const connection = await connect(`${address}/session`);
    await connection.call('session.new', { capabilities: { alwaysMatch: { unhandledPromptBehavior: { default: 'dismiss' } } } });
    connection.hear('browsingContext.userPromptOpened', ({ message }) => dialogs.push(`${message}`));
    await connection.call('session.subscribe', { events: ['browsingContext.userPromptOpened'] });
    return connection;
  }

  let connection = await begin();
  const call: Connection['call'] = (method, params) => connection.call(method, params);

  function tabOf(context: string): FirefoxTab {
    return {
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
      async step(delta) {
        await call('browsingContext.traverseHistory', { context, delta });
      },
      async print() {
        await call('browsingContext.print', { context });
      },
      async close() {
        await call('browsingContext.close', { context });
      },
    };
  }

  async function end(how: () => unknown): Promise<void> {
    how();
    await ended;
    connection.socket.close();
    if (!kept) rmSync(profile, { recursive: true, force: true });
  }

  return {
    dialogs,
    async newTab() {
      const { context } = await call('browsingContext.create', { type: 'tab' });
      await call('browsingContext.setViewport', { context, viewport: { width: 1280, height: 800 } });
      return tabOf(`${context}`);
    },
    async tabs() {
      const { contexts } = await call('browsingContext.getTree', { maxDepth: 0 });
      return (contexts as { context: string }[]).map(({ context }) => tabOf(context));
    },
    async reopenTab() {
      // One session at a time, whatever it speaks.
      await call('session.end', {});
      connection.socket.close();
      const port = Number(readFileSync(join(profile, 'MarionetteActivePort'), 'utf8'));
      await runInBrowser(port, `const { SessionStore } = ChromeUtils.importESModule('resource:///modules/sessionstore/SessionStore.sys.mjs');
        SessionStore.undoCloseTab(Services.wm.getMostRecentWindow('navigator:browser'), 0);`);
      connection = await begin();
    },
    async cookies() {
      const { cookies } = await call('storage.getCookies', {});
      return (cookies as { name: string; value: { value: string } }[]).map(({ name, value }) => `${name}=${value.value}`).join('; ');
    },
    // Its own command for that closes the tabs first, one by one: none would be opened again.
    close: () => end(() => browser.kill('SIGTERM')),
    kill: () => end(() => browser.kill('SIGKILL')),
  };
}

/** A browser that people use day by day: it opens the windows of the time before, after a crash too. */
const lasting = {
  'browser.startup.page': 3,
  'browser.sessionstore.restore_on_demand': false,
  'browser.sessionstore.restore_tabs_lazily': false,
  'browser.sessionstore.interval': 500, // Milliseconds until windows are written down.
  'remote.prefs.recommended': false, // Those of a browser that is driven forget crashes.
};

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
    'marionette.port': 0, // Any that is free.
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

/** Runs JavaScript as a part of Firefox itself, which only its older protocol Marionette lets do: JSON arrays by TCP, each after its length. */
async function runInBrowser(port: number, script: string): Promise<void> {
  const socket = connectTcp(port, '127.0.0.1');
  let text = '';
  const answer = async (): Promise<unknown> => {
    for (;;) {
      const [, size, rest] = /^(\d+):([^]*)$/.exec(text) ?? [];
      if (size !== undefined && rest !== undefined && rest.length >= Number(size)) {
        text = rest.slice(Number(size));
        return JSON.parse(rest.slice(0, Number(size)));
      }
      text += (await once(socket, 'data')).join('');
    }
  };
  await answer(); // It says what it is.
  const commands = [['WebDriver:NewSession', {}], ['Marionette:SetContext', { value: 'chrome' }], ['WebDriver:ExecuteScript', { script, args: [] }], ['WebDriver:DeleteSession', {}]];
  for (const [index, command] of commands.entries()) {
    const said = JSON.stringify([0, index, ...command]);
    socket.write(`${said.length}:${said}`);
    const [, , error] = (await answer()) as [number, number, { message: string } | null]; // Its protocol's third version.
    if (error) throw new Error(error.message);
  }
  socket.destroy();
}

type Values = Record<string, unknown>;

interface Connection {
  socket: WebSocket;
  call(this: void, method: string, params: Values): Promise<Values>;
  hear(this: void, method: string, listener: (params: Values) => void): void;
}

/** Commands and events of WebDriver BiDi, each a JSON text in a frame of a WebSocket. */
async function connect(address: string): Promise<Connection> {
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
    call: (method, params) =>
      new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, { resolve, reject });
        socket.send(JSON.stringify({ id: last, method, params }));
      }),
    hear: (method, listener) => void listeners.set(method, listener),
  };
}
