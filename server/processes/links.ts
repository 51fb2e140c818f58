import 'server-only';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { join, relative } from 'node:path';
import { env } from '#server/env.ts';
import { log } from '#server/log.ts';
import { singleton } from '#server/singleton.ts';
import { fromLine, longestLine, processNameSchema, toLine } from './message.ts';
import type { ProcessMessage } from './message.ts';

/**
 * Lines between the server processes that share DATA_DIR, over a Unix domain socket of each. Invariants: a process writes only on
 * lines it opened and reads only from those that others opened; a line stands exactly as long as both processes live, so whoever has
 * none is gone; nothing is ever waited for: a process that hangs misses what is told meanwhile, and hears it from the mail server.
 */
interface Links {
  /** This process. */
  self: string;
  /** Lines to the others. */
  open: Map<string, Socket>;
  /** Lines from the others. */
  heard: Set<Socket>;
  server: Server | null;
  timer: NodeJS.Timeout | undefined;
  listener: LinkListener | null;
}

export interface LinkListener {
  onMessage(message: ProcessMessage): void;
  /** Another process is no more, however it ended. */
  onGone(name: string): void;
}

/** Octets that may wait for a process that does not read. */
const mostBehind = 256 * 1024;
const mostProcesses = 64;
/** How often it is looked for processes that were missed. Milliseconds. */
const lookEveryMs = 60_000;
/** A line that broke sooner is opened again after this pause only. Milliseconds. */
const shortLifeMs = 1_000;
/** A socket that never got its name within this time was left by a process that died. Milliseconds. */
const unnamedForMs = 60_000;

const links = singleton('process-links', (): Links => ({
  self: randomBytes(9).toString('base64url'),
  open: new Map(),
  heard: new Set(),
  server: null,
  timer: undefined,
  listener: null,
}));

/**
 * Links this process with the others on its store; resolves once it is. Where sockets cannot be had each process is
 * alone, and it is logged.
 */
export async function linkProcesses(listener: LinkListener): Promise<void> {
  if (links.listener) return;
  links.listener = listener;
  try {
    await mkdir(folder(), { recursive: true, mode: 0o700 });
    await listen();
    await look();
    links.timer = setInterval(() => void look(), lookEveryMs);
    links.timer.unref();
  } catch (error) {
    log.warn('processes-not-linked', { code: codeOf(error) });
  }
}

/** Takes leave of the others. */
export async function unlinkProcesses(): Promise<void> {
  links.listener = null;
  clearInterval(links.timer);
  for (const socket of [...links.open.values(), ...links.heard]) socket.destroy();
  links.open.clear();
  links.server?.close();
  links.server = null;
  await rm(pathOf(links.self), { force: true });
}

/** Tells all others, at once and without waiting for any. Costs nothing where there is none. */
export function tellOtherProcesses(message: ProcessMessage): void {
  if (links.open.size === 0) return;
  const line = toLine(message);
  if (line.length > longestLine) return;
  for (const socket of links.open.values()) if (socket.writableLength < mostBehind) socket.write(line);
}

/** This process and those it has a line to. */
export function livingProcesses(): string[] {
  return [links.self, ...links.open.keys()];
}

export function ownProcess(): string {
  return links.self;
}

/** A socket has its name only once somebody listens there: one that refuses is nobody's any more. */
async function listen(): Promise<void> {
  const unnamed = pathOf(links.self, 'new');
  const server = createServer(hear);
  server.maxConnections = mostProcesses;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(short(unnamed), resolve);
  });
  server.on('error', (error) => log.warn('process-link-failed', { code: codeOf(error) }));
  server.unref();
  links.server = server;
  await chmod(unnamed, 0o600);
  await rename(unnamed, pathOf(links.self));
}

/** Opens a line to every process that has a socket, and clears away what was left of others. */
async function look(): Promise<void> {
  const files = await readdir(folder()).catch(() => []);
  await Promise.all(
    files.map(async (file) => {
      const [name, ending] = file.split('.', 2);
      if (ending === 'sock' && processNameSchema.safeParse(name).success) return open(name ?? '');
      const path = join(folder(), file);
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }));
      if (Date.now() - mtimeMs > unnamedForMs) await rm(path, { force: true });
    }),
  );
}

/** Resolves when the line stands, or cannot be had. */
function open(name: string): Promise<void> {
  if (name === links.self || links.open.has(name) || !links.listener) return Promise.resolve();
  return new Promise((resolve) => {
    const socket = createConnection({ path: short(pathOf(name)) });
    let openedAt = 0;
    let failure = '';
    links.open.set(name, socket);
    socket.unref();
    socket.resume(); // Nothing comes; but only who reads learns that the other is gone.
    socket.on('error', (error) => (failure = codeOf(error)));
    socket.once('connect', () => {
      openedAt = Date.now();
      socket.write(toLine({ kind: 'hello', name: links.self }));
      resolve();
    });
    socket.once('close', () => {
      if (links.open.get(name) === socket) links.open.delete(name);
      resolve();
      if (failure === 'ECONNREFUSED' || failure === 'ENOENT') return void bury(name);
      if (openedAt === 0) return;
      // Gone, which another attempt tells for sure, or only the line broke.
      const pause = Date.now() - openedAt > shortLifeMs ? 0 : shortLifeMs;
      setTimeout(() => void open(name), pause).unref();
    });
  });
}

async function bury(name: string): Promise<void> {
  await rm(pathOf(name), { force: true });
  links.listener?.onGone(name);
}

function hear(socket: Socket): void {
  links.heard.add(socket);
  socket.unref();
  socket.setEncoding('latin1');
  socket.on('error', () => {});
  socket.on('close', () => links.heard.delete(socket));
  let rest = '';
  socket.on('data', (chunk: string) => {
    const lines = chunk.includes('\n') ? (rest + chunk).split('\n') : [rest + chunk];
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.length < longestLine) take(line);
    if (rest.length > longestLine) socket.destroy();
  });
}

function take(line: string): void {
  const message = fromLine(line);
  if (message?.kind === 'hello') return void open(message.name);
  try {
    if (message) links.listener?.onMessage(message);
  } catch (error) {
    log.error('process-message-failed', { kind: error instanceof Error ? error.name : 'unknown' });
  }
}

function folder(): string {
  return join(env().dataDir, 'processes');
}

function pathOf(name: string, ending = 'sock'): string {
  return join(folder(), `${name}.${ending}`);
}

/** The address of a socket has room for about a hundred octets (unix(7)). */
function short(path: string): string {
  const near = relative(process.cwd(), path);
  return near.length < path.length ? near : path;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
