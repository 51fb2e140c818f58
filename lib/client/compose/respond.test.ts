import { expect, test } from 'vitest';
import { parseListPost } from '#lib/mail/list-post.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';
import { chooseIdentity, chooseRecipients, noListHeaders, toSubject, toThread } from './respond.ts';

const at = (name: string) => ({ name: null, address: `${name}@example.org` });

function aDetail(more: Partial<MessageDetail> = {}): MessageDetail {
  return {
    ref: { mailbox: 'INBOX', uidValidity: 1, uid: 1 },
    section: null,
    modseq: '1',
    keywords: [],
    subject: 'Plan',
    from: [at('ann')],
    sender: [],
    replyTo: [],
    to: [at('me')],
    cc: [],
    bcc: [],
    sentAt: null,
    receivedAt: '2026-01-01T00:00:00.000Z',
    size: 1,
    messageId: '<3@example.org>',
    inReplyTo: null,
    references: [],
    listPost: null,
    exit: null,
    receipt: null,
    truth: { checks: null, signedBy: [], repliesTo: null, warnings: [] },
    body: [],
    attachments: [],
    notices: [],
    delivery: null,
    ...more,
  };
}

const own = ['Me@example.org'];
const names = (people: { address: string }[]) => people.map(({ address }) => address.split('@')[0]);

test('a reply goes to Reply-To, else to the author', () => {
  expect(names(chooseRecipients('reply', aDetail(), noListHeaders, own).to)).toEqual(['ann']);
  expect(names(chooseRecipients('reply', aDetail({ replyTo: [at('desk')] }), noListHeaders, own).to)).toEqual(['desk']);
});

test('a reply to all leaves the own address and doubles out', () => {
  const message = aDetail({ to: [at('me'), at('bo'), at('ann')], cc: [at('cy'), at('BO'), at('ME')] });
  const { to, cc, bcc } = chooseRecipients('reply-all', message, noListHeaders, own);
  expect([names(to), names(cc), bcc]).toEqual([['ann', 'bo'], ['cy'], []]);
});

test('answering an own letter goes on to its recipients', () => {
  const message = aDetail({ from: [at('me')], to: [at('bo')], cc: [at('cy')] });
  expect(names(chooseRecipients('reply', message, noListHeaders, own).to)).toEqual(['bo']);
  expect(names(chooseRecipients('reply-all', message, noListHeaders, own).cc)).toEqual(['cy']);
  const toMyself = aDetail({ from: [at('me')], to: [at('me')] });
  expect(names(chooseRecipients('reply', toMyself, noListHeaders, own).to)).toEqual(['me']);
});

test('where a list set Reply-To to itself a reply goes to the author, and a reply to the list to the list', () => {
  const message = aDetail({ listPost: 'list@example.org', replyTo: [at('list')], to: [at('list')] });
  expect(names(chooseRecipients('reply', message, noListHeaders, own).to)).toEqual(['ann']);
  expect(names(chooseRecipients('reply-list', message, noListHeaders, own).to)).toEqual(['list']);
  expect(names(chooseRecipients('reply-all', message, noListHeaders, own).to)).toEqual(['ann', 'list']);
});

test('the address of a list is read from its List-Post, and none where nobody may post', () => {
  expect(parseListPost('<mailto:list@example.org?subject=x> (for members)')).toBe('list@example.org');
  expect(parseListPost('<https://example.org/post>, <mailto:list@example.org>')).toBe('list@example.org');
  expect(parseListPost('NO (posting not allowed on this list)')).toBeNull();
});

test('it is written from the identity that was written to', () => {
  const identity = (id: string) => ({
    id,
    name: '',
    address: `${id}@example.org`,
    replyTo: null,
    signature: '',
    sentMailbox: null,
  });
  const identities = [identity('me'), identity('sales')];
  expect(chooseIdentity(aDetail({ to: [at('Sales')] }), noListHeaders, identities)?.id).toBe('sales');
  const listed = { ...noListHeaders, deliveredTo: ['sales@example.org'] };
  expect(chooseIdentity(aDetail({ to: [at('list')] }), listed, identities)?.id).toBe('sales');
  expect(chooseIdentity(aDetail({ to: [at('list')] }), noListHeaders, identities)?.id).toBe('me');
});

test('"Re:" and "Fwd:" are said once', () => {
  expect(['Plan', 'RE: Plan', 'Aw: Plan', 'Re[2]: Plan', 'Rest: Plan'].map((text) => toSubject('reply', text))).toEqual(
    ['Re: Plan', 'RE: Plan', 'Aw: Plan', 'Re[2]: Plan', 'Re: Rest: Plan'],
  );
  expect(['Plan', 'WG: Plan', 'Plan\r\nBcc: x'].map((text) => toSubject('forward', text))).toEqual([
    'Fwd: Plan',
    'WG: Plan',
    'Fwd: Plan Bcc: x',
  ]);
});

test('an answer names the whole thread (RFC 5322 section 3.6.4)', () => {
  expect(toThread('reply', aDetail({ references: ['<1@example.org>', '<2@example.org>'] }))).toEqual({
    inReplyTo: '<3@example.org>',
    references: ['<1@example.org>', '<2@example.org>', '<3@example.org>'],
  });
  expect(toThread('reply', aDetail({ inReplyTo: '<2@example.org>' })).references).toEqual([
    '<2@example.org>',
    '<3@example.org>',
  ]);
  expect(toThread('edit-as-new', aDetail())).toEqual({ inReplyTo: null, references: [] });
  const long = aDetail({ references: Array.from({ length: 300 }, (_, index) => `<r${index}@example.org>`) });
  const { references } = toThread('reply', long);
  expect([references.length, references[0], references.at(-1)]).toEqual([50, '<r0@example.org>', '<3@example.org>']);
});
