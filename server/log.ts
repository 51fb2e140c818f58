import 'server-only';
import { env } from './env.ts';

type Fields = Readonly<Record<string, string | number | boolean | null | undefined>>;

const levels = ['debug', 'info', 'warn', 'error'] as const;

function write(level: (typeof levels)[number], code: string, fields: Fields = {}): void {
  if (levels.indexOf(level) < levels.indexOf(env().logLevel)) return;
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, code, ...fields })}\n`);
}

/**
 * The only logger: one JSON line of a code with counts, durations and references. Never an address, a subject, a mailbox
 * name, a password or a server's sentence.
 */
export const log = {
  debug: (code: string, fields?: Fields) => write('debug', code, fields),
  info: (code: string, fields?: Fields) => write('info', code, fields),
  warn: (code: string, fields?: Fields) => write('warn', code, fields),
  error: (code: string, fields?: Fields) => write('error', code, fields),
};
