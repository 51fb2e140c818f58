import { readFileSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import { z } from 'zod';
import type { KeptDays } from '#lib/mail/kept-days.ts';

/** A value the administrator gave is bad or missing; the message is one sentence that names it. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

const security = z.enum(['tls', 'starttls', 'none']);
const port = z.coerce.number().int().min(1).max(65535);
const days = z.coerce.number().int().min(1).max(3_650);
const seconds = z.coerce.number().int().min(1);

const schema = z.object({
  APP_URL: z.url({ protocol: /^https?$/ }),
  APP_SECRET: z.string().min(1),
  IMAP_HOST: z.string().min(1),
  IMAP_PORT: port.optional(),
  IMAP_SECURITY: security.default('tls'),
  IMAP_TLS_CA: z.string().optional(),
  IMAP_MAX_CONNECTIONS: z.coerce.number().int().min(2).max(100).default(4),
  SMTP_HOST: z.string().min(1).optional(),
  SMTP_PORT: port.optional(),
  SMTP_SECURITY: security.default('tls'),
  SMTP_TLS_CA: z.string().optional(),
  SIEVE_HOST: z.string().min(1).optional(),
  SIEVE_PORT: port.optional(),
  SIEVE_SECURITY: security.default('starttls'),
  SIEVE_TLS_CA: z.string().optional(),
  MAIL_DOMAIN: z.string().min(1).optional(),
  IDENTITIES: z.enum(['fixed', 'same-domain', 'free']).default('same-domain'),
  SEND_MAX_RECIPIENTS: z.coerce.number().int().min(1).default(100),
  SEND_MAX_PER_HOUR: z.coerce.number().int().min(1).default(60),
  SEND_MAX_RECIPIENTS_PER_DAY: z.coerce.number().int().min(1).default(500),
  SEND_MAX_SIZE: z.coerce
    .number()
    .int()
    .min(1024)
    .default(25 * 1024 * 1024),
  SEND_MAX_ATTACHMENTS: z.coerce.number().int().min(1).default(20),
  DATA_DIR: z.string().min(1).default('.data'),
  PORT: port.default(3000),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  SESSION_IDLE: seconds.default(12 * 3600),
  SESSION_ABSOLUTE: seconds.default(7 * 24 * 3600),
  KEPT_SESSION_IDLE: seconds.default(14 * 24 * 3600),
  KEPT_SESSION_ABSOLUTE: seconds.default(30 * 24 * 3600),
  PUBLIC_SESSION_IDLE: seconds.default(600),
  PUBLIC_SESSION_ABSOLUTE: seconds.default(2 * 3600),
  PUBLIC_SESSION_CLOSED: seconds.min(20).default(45),
  KIOSK: z.string().default('never'),
  AUTHSERV_ID: z.string().default(''),
  PHISHING_REPORT_ADDRESS: z.email().optional(),
  TRASH_KEPT_DAYS: days.optional(),
  SPAM_KEPT_DAYS: days.optional(),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
});

type Raw = z.infer<typeof schema>;

export interface Settings {
  appUrl: URL;
  /** The first encrypts; all decrypt. */
  secrets: string[];
  /** `maxConnections`: of one account, from this process. */
  imap: { host: string; port: number; security: Raw['IMAP_SECURITY']; tlsCa: string | null; maxConnections: number };
  smtp: { host: string; port: number; security: Raw['SMTP_SECURITY']; tlsCa: string | null };
  /** ManageSieve (RFC 5804); null: rules are kept by us alone. */
  sieve: { host: string; port: number; security: Raw['SIEVE_SECURITY']; tlsCa: string | null } | null;
  /** Of accounts whose sign-in name is no address; null: the mail host's. */
  mailDomain: string | null;
  /** Which From addresses a person may add (lib/mail/identity.ts). */
  identities: Raw['IDENTITIES'];
  /** What one account may send; `size` in octets, of the attachments before they are encoded. */
  sending: { recipients: number; perHour: number; recipientsPerDay: number; size: number; attachments: number };
  dataDir: string;
  port: number;
  logLevel: Raw['LOG_LEVEL'];
  /** Seconds, idle and absolute: of an ordinary session, of one kept signed in, and of one on a public computer. */
  session: {
    idle: number;
    absolute: number;
    keptIdle: number;
    keptAbsolute: number;
    publicIdle: number;
    publicAbsolute: number;
    /** Without an open page for so long a public computer was left: longer than a reload or a short loss of the network. */
    publicClosed: number;
  };
  /** Clients that always count as public computers: all, none, or those of these networks. */
  kiosk: 'always' | 'never' | BlockList;
  /** Names by which our own mail servers sign Authentication-Results (RFC 8601 section 2.5), lower case. */
  authservIds: string[];
  /** Where people may report phishing to; null: nowhere. */
  phishingReportAddress: string | null;
  /** After how many days the mail server removes messages from Trash and Spam: it does not tell by itself. */
  keptDays: KeptDays;
  /** Reverse proxies in front whose X-Forwarded-For is believed. */
  trustedProxies: number;
}

const secretNames: readonly string[] = ['APP_SECRET'];
const examples = /^(change-?me|secret|example|password|your-secret)/i;
const loopback = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i;

/** Reads and checks the settings from an environment; throws a SettingsError with one sentence that names the variable. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const values: Record<string, string> = {};
  for (const name of Object.keys(schema.shape)) {
    const value = environment[name] || (secretNames.includes(name) ? readFromFile(name, environment) : undefined);
    if (value) values[name] = value.trim();
  }
  const parsed = schema.safeParse(values);
  if (!parsed.success) throw new SettingsError(sentenceFor(parsed.error.issues[0], values));
  return toSettings(parsed.data);
}

function toSettings(raw: Raw): Settings {
  const secrets = raw.APP_SECRET.split(',').map((secret) => secret.trim());
  for (const secret of secrets) {
    if (Buffer.byteLength(secret) < 32) throw new SettingsError('APP_SECRET must be at least 32 bytes long.');
    if (examples.test(secret)) throw new SettingsError('APP_SECRET must not be an example value.');
  }
  refuseOpenNetwork('IMAP', raw.IMAP_SECURITY, raw.IMAP_HOST);
  refuseOpenNetwork('SMTP', raw.SMTP_SECURITY, raw.SMTP_HOST ?? raw.IMAP_HOST);
  if (raw.SIEVE_HOST) refuseOpenNetwork('SIEVE', raw.SIEVE_SECURITY, raw.SIEVE_HOST);
  const appUrl = new URL(raw.APP_URL);
  if (appUrl.protocol === 'http:' && !loopback.test(appUrl.hostname)) {
    throw new SettingsError('APP_URL must begin with https:// unless it is a loopback address.');
  }
  return {
    appUrl,
    secrets,
    imap: {
      host: raw.IMAP_HOST,
      port: raw.IMAP_PORT ?? (raw.IMAP_SECURITY === 'tls' ? 993 : 143),
      security: raw.IMAP_SECURITY,
      tlsCa: raw.IMAP_TLS_CA ? readCa('IMAP_TLS_CA', raw.IMAP_TLS_CA) : null,
      maxConnections: raw.IMAP_MAX_CONNECTIONS,
    },
    smtp: {
      host: raw.SMTP_HOST ?? raw.IMAP_HOST,
      port: raw.SMTP_PORT ?? (raw.SMTP_SECURITY === 'tls' ? 465 : 587),
      security: raw.SMTP_SECURITY,
      tlsCa: raw.SMTP_TLS_CA ? readCa('SMTP_TLS_CA', raw.SMTP_TLS_CA) : null,
    },
    sieve: raw.SIEVE_HOST
      ? {
          host: raw.SIEVE_HOST,
          port: raw.SIEVE_PORT ?? 4190,
          security: raw.SIEVE_SECURITY,
          tlsCa: raw.SIEVE_TLS_CA ? readCa('SIEVE_TLS_CA', raw.SIEVE_TLS_CA) : null,
        }
      : null,
    mailDomain: raw.MAIL_DOMAIN ?? null,
    identities: raw.IDENTITIES,
    sending: {
      recipients: raw.SEND_MAX_RECIPIENTS,
      perHour: raw.SEND_MAX_PER_HOUR,
      recipientsPerDay: raw.SEND_MAX_RECIPIENTS_PER_DAY,
      size: raw.SEND_MAX_SIZE,
      attachments: raw.SEND_MAX_ATTACHMENTS,
    },
    dataDir: raw.DATA_DIR,
    port: raw.PORT,
    logLevel: raw.LOG_LEVEL,
    session: {
      idle: raw.SESSION_IDLE,
      absolute: raw.SESSION_ABSOLUTE,
      keptIdle: raw.KEPT_SESSION_IDLE,
      keptAbsolute: raw.KEPT_SESSION_ABSOLUTE,
      publicIdle: raw.PUBLIC_SESSION_IDLE,
      publicAbsolute: raw.PUBLIC_SESSION_ABSOLUTE,
      publicClosed: raw.PUBLIC_SESSION_CLOSED,
    },
    kiosk: raw.KIOSK === 'always' || raw.KIOSK === 'never' ? raw.KIOSK : toNetworks(raw.KIOSK),
    authservIds: raw.AUTHSERV_ID.toLowerCase()
      .split(',')
      .map((id) => id.trim())
      .filter(Boolean),
    phishingReportAddress: raw.PHISHING_REPORT_ADDRESS ?? null,
    keptDays: { trash: raw.TRASH_KEPT_DAYS ?? null, junk: raw.SPAM_KEPT_DAYS ?? null },
    trustedProxies: raw.TRUSTED_PROXIES,
  };
}

/** Networks such as "10.1.0.0/16, 2001:db8::/32"; an address alone is one client. */
function toNetworks(text: string): BlockList {
  const networks = new BlockList();
  for (const network of text.split(',')) {
    const [address = '', prefix] = network.trim().split('/');
    const kind = isIP(address);
    const longest = kind === 6 ? 128 : 32;
    const length = prefix === undefined ? longest : /^\d{1,3}$/.test(prefix) ? Number(prefix) : -1;
    if (kind === 0 || length < 0 || length > longest) {
      throw new SettingsError('KIOSK must be always, never, or networks such as 10.1.0.0/16, separated by commas.');
    }
    networks.addSubnet(address, length, kind === 6 ? 'ipv6' : 'ipv4');
  }
  return networks;
}

function refuseOpenNetwork(kind: 'IMAP' | 'SMTP' | 'SIEVE', chosen: string, host: string): void {
  if (chosen === 'none' && !loopback.test(host)) {
    throw new SettingsError(
      `${kind}_SECURITY must be tls or starttls: none is only for a loopback ${kind}_HOST, since passwords would travel in the clear.`,
    );
  }
}

function readCa(name: string, path: string): string {
  try {
    const pem = readFileSync(path, 'utf8');
    if (pem.includes('-----BEGIN CERTIFICATE-----')) return pem;
  } catch {
    throw new SettingsError(`${name} names a file that cannot be read.`);
  }
  throw new SettingsError(`${name} names a file that holds no PEM certificate.`);
}

function readFromFile(name: string, environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const path = environment[`${name}_FILE`];
  if (!path) return undefined;
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    throw new SettingsError(`${name}_FILE names a file that cannot be read.`);
  }
}

function sentenceFor(issue: z.core.$ZodIssue | undefined, values: Record<string, string>): string {
  const name = String(issue?.path[0] ?? 'The environment');
  if (values[name] === undefined) return `${name} is missing; set it in the environment (README, Configuration).`;
  if (issue?.code === 'invalid_value') return `${name} must be one of: ${issue.values.join(', ')}.`;
  if (name === 'APP_URL') return 'APP_URL must be the address people open, such as https://mail.example.org.';
  if (name.endsWith('_DAYS')) return `${name} is not valid: it must be a number of days from 1 to 3650.`;
  return `${name} is not valid: it must be a ${/PORT/.test(name) ? 'port number from 1 to 65535' : 'proper value'}.`;
}
