import { createInterface } from 'node:readline';
import type { MailChange } from '#lib/mail/change.ts';
import type { AuthSession } from '#server/auth/auth-session.ts';
import { limitRate } from '#server/auth/rate-limit.ts';
import { env } from '#server/env.ts';
import { tellAccount } from '#server/events/hub.ts';
import { countStream } from '#server/events/open-streams.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { executeChange } from '#server/mail/execute-change.ts';
import { executeMailboxChange } from '#server/mail/execute-mailbox-change.ts';
import { joinProcesses } from '#server/mail/join-processes.ts';
import { startOutbox } from '#server/mail/outbox/run-outbox.ts';
import { sendMessage } from '#server/mail/outbox/send-message.ts';
import { ownProcess } from '#server/processes/links.ts';
import { takePlace } from '#server/processes/places.ts';
import { readPreferences } from '#server/store/preference-rows.ts';
import { startOnAll } from './bulk-fixture.ts';
import { password } from './imap-fixture.ts';
import { aSendRequest } from './send-fixture.ts';

/**
 * A server process on the test's store that does what its standard input says, a line of JSON each, and answers a line each. It begins by
 * telling its name.
 */
export type Order =
  | { do: 'change'; user: string; change: MailChange }
  | { do: 'make'; user: string; mailbox: string }
  | { do: 'prefer-compact'; user: string }
  | { do: 'move-all'; user: string; to: string }
  | { do: 'send'; user: string }
  | { do: 'place'; name: string; most: number }
  | { do: 'use'; what: string; perMinute: number }
  | { do: 'stream'; session: string };

const ended: string[] = [];

async function obey(order: Order): Promise<unknown> {
  switch (order.do) {
    case 'change':
      return (await executeChange(sessionOf(order.user), order.change)).events.length;
    case 'make':
      return executeMailboxChange(sessionOf(order.user), { type: 'create', parent: null, name: order.mailbox });
    case 'prefer-compact': {
      const { accountKey } = sessionOf(order.user);
      return tellAccount(accountKey, { type: 'preferences', preferences: { ...readPreferences(accountKey), density: 'compact' } });
    }
    case 'move-all':
      return (await startOnAll(sessionOf(order.user), 'INBOX', { type: 'move', to: order.to })).id;
    case 'send':
      startOutbox();
      return sendMessage(authOf(order.user), aSendRequest());
    case 'place':
      return takePlace(order.name, order.most) !== null;
    case 'use':
      return limitRate(order.what, 'somebody', order.perMinute);
    case 'stream':
      countStream(order.session, '192.0.2.1', () => ended.push(order.session));
      return ended;
  }
}

function authOf(user: string): AuthSession {
  const account = { host: '127.0.0.1', port: env().imap.port, user };
  return { id: `linked-${user}`, account, password, publicComputer: false, storageKey: Buffer.alloc(32, 7) };
}

const sessionOf = (user: string) => imapSession(authOf(user));

await joinProcesses();
const say = (answer: unknown) => process.stdout.write(`${JSON.stringify(answer ?? null)}\n`);
say(ownProcess());
const lines = createInterface(process.stdin);
lines.on('line', (line) => void obey(JSON.parse(line) as Order).then(say, (error: unknown) => say({ error: String(error) })));
lines.on('close', () => process.exit(0));
