import { inspect } from 'node:util';
import fc from 'fast-check';
import { isMailError } from '#lib/errors.ts';
import { closeImapSession, imapSession } from '#server/imap/sessions.ts';
import { readHeaders } from '#server/mail/message/read-headers.ts';
import { readMailboxes } from '#server/mail/read-mailboxes.ts';
import { readMessage } from '#server/mail/message/read-message.ts';
import { readWindow } from '#server/mail/read-window.ts';
import { startScriptedServer } from '#tests/support/mail-server/scripted-server.ts';
import type { ScriptedServer } from '#tests/support/mail-server/scripted-server.ts';
import { hostileText } from './hostile.ts';
import type { Target } from './targets.ts';

const words = ['NIL', '(', ')', '((', '))', '"', '{5}', '{0}', '{4294967296}', '~{3}', '* ', '+ ', ' ', '1', 'FETCH', 'UID', 'FLAGS', '\\Seen', 'ENVELOPE', 'BODYSTRUCTURE', 'BODY[1]', 'MODSEQ', '"text" "plain"', '"multipart"', '[UIDVALIDITY 2]', 'EXISTS', 'EXPUNGE', 'VANISHED', 'OK ', 'BYE', '&AOk-', '=?utf-8?q?=00?='];

const structure = '("text" "plain" ("charset" "utf-8") NIL NIL "7bit" 6 1 NIL NIL NIL NIL)';
const good: Readonly<Record<string, string[]>> = {
  LIST: ['* LIST () "/" INBOX', '* LIST (\\Trash) "/" Trash'],
  LSUB: [],
  STATUS: ['* STATUS INBOX (MESSAGES 1 UNSEEN 0 UIDNEXT 9 UIDVALIDITY 1 HIGHESTMODSEQ 5)'],
  SELECT: ['* 1 EXISTS', '* FLAGS (\\Seen)', '* OK [UIDVALIDITY 1] Valid', '* OK [UIDNEXT 9] Next', '* OK [HIGHESTMODSEQ 5] Highest'],
  FETCH: [`* 1 FETCH (UID 1 FLAGS () MODSEQ (4) INTERNALDATE "05-Jul-2019 23:29:19 +0000" RFC822.SIZE 100 ENVELOPE ("Fri, 05 Jul 2019 17:50:33 -0400" "Subject" ((NIL NIL "ann" "example.test")) NIL NIL NIL NIL NIL NIL "<1@example.test>") BODYSTRUCTURE ${structure})`],
  GETQUOTAROOT: ['* QUOTAROOT INBOX ""', '* QUOTA "" (STORAGE 1 2)'],
};

/** An answer with a mutation at any place of any line. */
interface Mutation {
  /** Where in the line, from 0 to 1; how many characters are replaced, and by what. */
  at: number;
  drop: number;
  by: string;
  line: number;
}

const mutations = fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), drop: fc.nat({ max: 30 }), by: hostileText(words), line: fc.nat({ max: 5 }) }), { minLength: 1, maxLength: 3 });

function mutate(lines: readonly string[], wanted: readonly Mutation[]): string[] {
  const changed = [...lines];
  for (const { at, drop, by, line } of wanted) {
    const index = changed.length > 0 ? line % changed.length : 0;
    const text = changed[index] ?? '* ';
    const place = Math.floor(at * text.length);
    changed[index] = text.slice(0, place) + by + text.slice(place + drop);
  }
  return changed;
}

let server: ScriptedServer | null = null;
let current: Record<string, Mutation[]> = {};
let cases = 0;

/** A server whose answers are broken at any place: each read ends with an answer or a MailError, soon after the line does. */
export const imapTarget: Target = {
  name: 'IMAP answers',
  share: 6,
  property: (onInput) =>
    fc.asyncProperty(fc.dictionary(fc.constantFrom(...Object.keys(good)), mutations, { minKeys: 1, maxKeys: 2 }), async (mutated) => {
      onInput(mutated);
      current = mutated;
      server ??= await startScriptedServer((command) => {
        const name = command.replace('UID ', '');
        const lines = good[name];
        return lines ? mutate(lines, current[name] ?? []) : null;
      }, { capabilities: 'IMAP4rev1 CONDSTORE ENABLE IDLE NAMESPACE QUOTA UIDPLUS' });
      cases += 1;
      // A connection that a case made useless is not the next one's fault.
      const session = imapSession({ id: `fuzz-${cases}`, account: { host: '127.0.0.1', port: server.port, user: `fuzz-${cases}` }, password: 'x', publicComputer: false });
      const ref = { mailbox: 'INBOX', uidValidity: 1, uid: 1 };
      const reads = [readMailboxes(session), readWindow(session, 'INBOX', { newest: 50 }), readMessage(session, ref, { prefer: 'html', section: null }), readHeaders(session, ref, null)];
      // What waits for the rest of a literal waits for the line: it is cut after a moment.
      const line = setInterval(() => server?.cut(), 100);
      let timer: NodeJS.Timeout | undefined;
      const hang = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error('nothing came of it though the line was cut')), 5_000)));
      try {
        await Promise.race([hang, Promise.all(reads.map(settled))]);
      } finally {
        clearInterval(line);
        clearTimeout(timer);
        server.cut();
        await closeImapSession(session.id);
      }
    }),
};

async function settled(read: Promise<unknown>): Promise<void> {
  try {
    await read;
  } catch (error) {
    if (isMailError(error) && error.code !== 'unexpected') return;
    const cause = error instanceof Error ? error.cause : undefined;
    throw new Error(`threw ${String(error)} for ${cause instanceof Error ? cause.stack : inspect(cause)}`, { cause: error });
  }
}
