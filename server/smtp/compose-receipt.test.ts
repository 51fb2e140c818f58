import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { composeReceipt } from './compose-receipt.ts';
import type { ReceiptPlan } from './compose-receipt.ts';

const person = (address: string, name: string | null = null) => ({ name, address });

async function octets(
  plan: Partial<Omit<ReceiptPlan, 'original'>>,
  original: Partial<ReceiptPlan['original']> = {},
): Promise<string> {
  const receipt = composeReceipt({
    from: person('me@example.test'),
    to: person('ann@else.test'),
    messageId: '<1@example.test>',
    readAt: new Date('2026-11-02T10:00:00Z'),
    language: 'en',
    ...plan,
    original: { subject: 'Plan', messageId: '<2@else.test>', sentAt: null, recipient: null, ...original },
  });
  const pieces: Buffer[] = [];
  for await (const piece of receipt.octets) pieces.push(piece);
  return Buffer.concat(pieces).toString('latin1');
}

test.each<[what: string, plan: Partial<Omit<ReceiptPlan, 'original'>>, original: Partial<ReceiptPlan['original']>]>([
  ['a subject with line breaks', {}, { subject: 'x\r\nBcc: evil@z.test\r\n\r\nbody\0' }],
  ['a name with line breaks', { to: person('ann@else.test', 'Ann\r\nBcc: evil@z.test') }, {}],
  ['a Message-ID with line breaks', {}, { messageId: '<a\r\nBcc: evil@z.test>' }],
  ['a Message-ID that is none', {}, { messageId: 'evil' }],
  ['an original recipient with line breaks', {}, { recipient: 'rfc822; a@b.test\r\nDisposition: evil' }],
  ['an original recipient that is none', {}, { recipient: 'x-unknown; whatever' }],
])('check 85: %s adds no field to a receipt', async (_what, plan, original) => {
  const raw = await octets(plan, original);
  const { headers, attachments, bcc, to } = await PostalMime.parse(Buffer.from(raw, 'latin1'));
  expect(bcc ?? []).toEqual([]);
  expect(to?.map(({ address }) => address)).toEqual(['ann@else.test']);
  const known = [
    'auto-submitted',
    'content-type',
    'from',
    'in-reply-to',
    'message-id',
    'mime-version',
    'references',
    'subject',
    'to',
  ];
  expect(headers.filter(({ key }) => !known.includes(key))).toEqual([]);
  expect(attachments).toHaveLength(1);
  expect(raw.match(/^Disposition:.*$/gm)).toEqual(['Disposition: manual-action/MDN-sent-manually; displayed']);
  expect(raw).not.toMatch(/^Original-Recipient/m);
  expect(/^Original-Message-ID: <2@else\.test>\r$/m.test(raw)).toBe(original.messageId === undefined);
});

test('letters beyond ASCII stay in lines of seven bits, and a long subject is cut', async () => {
  const raw = await octets(
    { from: person('jorg@bücher.example', 'Jörg'), language: 'de' },
    { subject: `Grüße 鶺鴒 ${'x'.repeat(5_000)}`, sentAt: '2026-11-01T10:00:00.000Z' },
  );
  expect(/[^\x00-\x7f]/.test(raw)).toBe(false);
  expect(Math.max(...raw.split('\r\n').map(({ length }) => length))).toBeLessThan(200);
  expect(raw).toContain('Final-Recipient: rfc822; jorg@xn--bcher-kva.example\r\n');
  expect(await octets({ from: person('jörg@else.test') })).toContain(
    'Final-Recipient: utf-8; j\\x{F6}rg@else.test\r\n',
  );
  const { subject, text } = await PostalMime.parse(Buffer.from(raw, 'latin1'));
  expect(subject).toMatch(/^Gelesen: Grüße 鶺鴒 x+$/);
  expect(subject).toHaveLength('Gelesen: '.length + 200);
  expect(text).toContain('am 1. November 2026 um 10:00:00 UTC');
  expect(text).toContain('wurde am 2. November 2026 um 10:00:00 UTC angezeigt.');
});
