import 'server-only';
import { z } from 'zod';
import type { MailEvent } from '#lib/mail/event.ts';
import { openJob, sealJob } from '#server/auth/job-seal.ts';
import { env } from '#server/env.ts';

/** Names a server process for as long as it runs. */
export const processNameSchema = z.string().regex(/^[\w-]{12}$/);

const factSchema = z.custom<MailEvent>(
  (value) => typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string',
);

const messageSchema = z.discriminatedUnion('kind', [
  /** The first of a line: who writes it. */
  z.object({ kind: z.literal('hello'), name: processNameSchema }),
  /** As in events/hub.ts. */
  z.object({ kind: z.literal('mailbox'), account: z.string(), path: z.string() }),
  z.object({ kind: z.literal('mailboxes'), account: z.string(), paths: z.array(z.string()) }),
  z.object({ kind: z.literal('fact'), account: z.string(), fact: factSchema }),
  /** The store has news of the outbox. */
  z.object({ kind: z.literal('outbox') }),
  /** A change feed of the process that hears it is one too many (events/open-streams.ts). */
  z.object({ kind: z.literal('end-stream'), stream: z.number() }),
]);

/** What server processes on one store tell each other. */
export type ProcessMessage = z.infer<typeof messageSchema>;

/** Octets of a line, beyond which it is neither sent nor read. */
export const longestLine = 1024 * 1024;

const sealedFor = 'between-processes';

/** The message as a line of text, sealed with the server's secret: names of mailboxes are in it, and nobody else may say such things. */
export function toLine(message: ProcessMessage): string {
  const [secret = ''] = env().secrets;
  const { keyId, nonce, sealed } = sealJob(message, sealedFor, secret);
  return `${[keyId, nonce.toString('base64url'), sealed.toString('base64url')].join('.')}\n`;
}

/** Null for whatever is not such a line of ours. */
export function fromLine(line: string): ProcessMessage | null {
  const [keyId = '', nonce = '', sealed = ''] = line.split('.', 3);
  const job = { keyId, nonce: Buffer.from(nonce, 'base64url'), sealed: Buffer.from(sealed, 'base64url') };
  const message = messageSchema.safeParse(openJob(job, sealedFor, env().secrets));
  return message.success ? message.data : null;
}
