import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ListState } from '#lib/client/message-list/list-state.ts';
import { toKeywords } from '#server/imap/keywords.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { makeRandom } from '#tests/demo/mailbox/random.ts';
import type { Random } from '#tests/demo/mailbox/random.ts';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import type { RawImap } from '#tests/support/mail-server/raw-imap.ts';
import { openClientModel } from './client-model.ts';
import type { ClientModel } from './client-model.ts';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';

const seed = Number(process.env.MODEL_SEED ?? Date.now() % 1_000_000);
const interleavings = Number(process.env.MODEL_ROUNDS ?? 1_000);

let fixture: ImapFixture;
beforeAll(async () => {
  fixture = await startImapFixture();
});
afterAll(() => fixture.end());

test(
  `two browsers and an IMAP client end equal in ${interleavings} random interleavings (MODEL_SEED=${seed})`,
  async () => {
    const random = makeRandom(seed).below;
    const { session, device } = await fixture.newPerson();
    const second = imapSession({ id: `${session.id}-second`, account: session.account, password: 'kingfisher', publicComputer: false });
    await device.create('Other');
    await device.append('INBOX', Array.from({ length: 30 }, () => ({ raw: aMessage() })));
    await device.command('SELECT INBOX');
    const models = await Promise.all([openClientModel(session, 'INBOX'), openClientModel(second, 'INBOX')]);
    for (let round = 0; round < interleavings; round += 1) {
      const ofDevice = Array.from({ length: random(4) }, () => deviceStep(device, random));
      const browsers = models.map((model) => Array.from({ length: random(4) }, () => browserStep(model, random)));
      // Each keeps the order of its own steps; between them the server decides.
      await Promise.all([ofDevice, ...browsers].map(async (steps) => {
        for (const step of steps) await step();
      }));
      await Promise.all(models.map((model) => model.catchUp()));
      const truth = await readTruth(device);
      for (const [index, model] of models.entries()) {
        if (model.state().isStale) await model.look(1, truth.length);
        expect(differences(model.state(), truth), `round ${round}, browser ${index}`).toEqual([]);
      }
    }
    for (const model of models) model.leave();
  },
  600_000,
);

type Below = Random['below'];

function deviceStep(device: RawImap, random: Below): () => Promise<unknown> {
  const kind = random(6);
  const flag = ['\\Seen', '\\Flagged', '\\Answered', 'Label'][random(4)];
  const place = random(1_000);
  return () => act().catch(unlessGone);
  async function act(): Promise<unknown> {
    const status = await device.command('NOOP').then(() => device.command('UID SEARCH ALL'));
    const uids = /\* SEARCH ?(.*)\r\n/.exec(status)?.[1]?.split(' ').filter(Boolean) ?? [];
    const uid = uids[place % Math.max(1, uids.length)];
    // Never empty: every step needs a message to act on.
    if (!uid || uids.length < 8 || kind === 0) return device.append('INBOX', [{ raw: aMessage() }]);
    if (kind === 1) return device.command(`UID MOVE ${uid} Other`);
    if (kind === 2) {
      await device.command(`UID STORE ${uid} +FLAGS.SILENT (\\Deleted)`);
      return device.command(`UID EXPUNGE ${uid}`);
    }
    return device.command(`UID STORE ${uid} ${kind % 2 ? '+' : '-'}FLAGS (${flag})`);
  }
}

/** Somebody else took the message in that moment (EXPUNGEISSUED, RFC 5530 section 3). */
function unlessGone(error: unknown): void {
  if (!String(error).includes('[EXPUNGEISSUED]')) throw error;
}

/** Half of the changes set a keyword, the others take messages away or add one. */
const browserActs = ['look', 'keyword', 'keyword', 'keyword', 'move', 'copy', 'destroy'] as const;

function browserStep(model: ClientModel, random: Below): () => Promise<unknown> {
  const act = browserActs[random(browserActs.length)];
  const keyword = ['$seen', '$flagged'][random(2)] ?? '$seen';
  const place = random(1_000);
  const value = random(2) === 1;
  return () => {
    const { entries, uidValidity, messages } = model.state();
    const entry = entries[place % Math.max(1, entries.length)];
    // As above: every step needs a message to act on.
    if (act === 'look' || !entry || (messages < 8 && act !== 'keyword')) {
      const from = 1 + (place % Math.max(1, messages));
      return model.look(from, Math.min(from + 9, Math.max(from, messages)));
    }
    const chosen = [{ mailbox: 'INBOX', uidValidity, uid: entry.uid }];
    if (act === 'move') return model.change({ type: 'move', messages: chosen, to: 'Other' });
    if (act === 'copy') return model.change({ type: 'copy', messages: chosen, to: 'INBOX' });
    if (act === 'destroy') return model.change({ type: 'destroy', messages: chosen });
    return model.change({ type: 'set-keyword', messages: chosen, keyword, value });
  };
}

interface Truth {
  uid: number;
  keywords: string[];
}

/** The mailbox as the server tells it to a client that has seen all. */
async function readTruth(device: RawImap): Promise<Truth[]> {
  await device.command('NOOP');
  const answer = await device.command('UID FETCH 1:* (FLAGS)');
  return [...answer.matchAll(/^\* \d+ FETCH \(UID (\d+) FLAGS \(([^)]*)\)/gm)].map(([, uid, flags]) => ({
    uid: Number(uid),
    keywords: toKeywords(flags?.split(' ').filter(Boolean) ?? []).sort(),
  }));
}

/** What the browser has otherwise than the server: counts, positions, messages, keywords. */
function differences(state: ListState, truth: Truth[]): string[] {
  const found: string[] = [];
  if (state.messages !== truth.length) found.push(`${state.messages} messages in place of ${truth.length}`);
  const unseen = truth.filter(({ keywords }) => !keywords.includes('$seen')).length;
  if (state.unseen !== unseen) found.push(`${state.unseen} unseen in place of ${unseen}`);
  for (const { uid, position } of state.entries) {
    const there = truth[position - 1];
    const keywords = [...(state.rows.get(uid)?.keywords ?? [])].sort();
    if (there?.uid !== uid) found.push(`uid ${uid} at ${position}, where the server has ${there?.uid}`);
    else if (keywords.join() !== there.keywords.join()) found.push(`uid ${uid}: ${keywords.join()} in place of ${there.keywords.join()}`);
  }
  return found;
}
