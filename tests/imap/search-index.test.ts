import { afterAll, beforeAll, expect, test } from 'vitest';
import { startImapFixture } from './imap-fixture.ts';
import type { ImapFixture } from './imap-fixture.ts';
import { appendLetters, runSearch, someLetters } from './search-fixture.ts';

/** A Dovecot with a full-text index, which it must use: without it a text search fails (fts_enforced). */
const indexed = `
mail_plugins = quota fts fts_xapian
protocol imap {
  mail_plugins = quota imap_quota fts fts_xapian
}
plugin {
  fts = xapian
  fts_xapian = partial=3 full=20 verbose=1
  fts_autoindex = no
  fts_enforced = yes
}
service indexer-worker {
  vsz_limit = 1G
}
`;

let fixture: ImapFixture;
beforeAll(async () => {
  fixture = await startImapFixture(indexed);
});
afterAll(() => fixture.end());

test('a text search is answered from the full-text index of a server that has one', async () => {
  const { session, device } = await fixture.newPerson();
  const letters = someLetters(60);
  await appendLetters(device, 'INBOX', letters);
  const expected = letters.flatMap(({ text }, index) => (text.includes('kingfisher') ? [index + 1] : [])).reverse();
  const { uids, results } = await runSearch(session, 'kingfisher');
  expect(uids.get('INBOX')).toEqual(expected);
  expect(results).toBe(expected.length);
  expect(fixture.server.log()).not.toMatch(/fts.*(?:failed|error)/i);
  // Xapian's own words: it was asked, and its answer is the one.
  expect(fixture.server.log()).toMatch(/imap\(.*FTS Xapian: query '.*kingfisher/i);
  expect(fixture.server.log()).toMatch(new RegExp(`FTS Xapian: ${expected.length} results`));
  const { uids: both } = await runSearch(session, 'kingfisher is:unread has:attachment');
  const some = letters.flatMap(({ text, flags, files }, index) => (text.includes('kingfisher') && !flags.includes('\\Seen') && files.length > 0 ? [index + 1] : []));
  expect(both.get('INBOX') ?? []).toEqual(some.reverse());
});
