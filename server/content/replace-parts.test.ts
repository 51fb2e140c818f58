import { expect, test } from 'vitest';
import { aMessage } from '#tests/support/mail-server/a-message.ts';
import { replaceParts } from './replace-parts.ts';
import type { Replacement } from './replace-parts.ts';

const note: Replacement = { headers: 'Content-Type: text/plain\r\n', body: Buffer.from('gone') };

async function run(raw: Buffer, wanted: string[], size = 7): Promise<{ text: string; asked: string[] }> {
  const asked: string[] = [];
  const out: Buffer[] = [];
  async function* source() {
    for (let at = 0; at < raw.length; at += size) yield raw.subarray(at, at + size);
  }
  for await (const piece of replaceParts(source(), (part, type) => {
    asked.push(`${part} ${type}`);
    return wanted.includes(part) ? note : null;
  }))
    out.push(piece);
  return { text: Buffer.concat(out).toString('latin1'), asked };
}

const mixed = aMessage({
  text: 'Hello.\n',
  html: '<p>Hello</p>',
  headers: { 'X-Kept': 'yes' },
  inline: [{ name: 'p.png', mediaType: 'image/png', content: Buffer.from('png'), contentId: 'p' }],
  attachments: [
    { name: 'a.pdf', mediaType: 'application/pdf', content: Buffer.alloc(300, 7) },
    {
      name: 'b.eml',
      mediaType: 'message/rfc822',
      content: aMessage({ attachments: [{ name: 'c.pdf', mediaType: 'application/pdf', content: Buffer.from('x') }] }),
    },
  ],
});

test.each([1, 7, 64, 100_000])('what is not replaced is octet for octet the same, in pieces of %i', async (size) => {
  const { text, asked } = await run(mixed, [], size);
  expect(text).toBe(mixed.toString('latin1'));
  expect(asked).toEqual([
    '1.1 text/plain',
    '1.2.1 text/html',
    '1.2.2 image/png',
    '2 application/pdf',
    '3 message/rfc822',
  ]);
});

test('a part is replaced from its header to its boundary, and nothing else', async () => {
  const { text } = await run(mixed, ['2', '3']);
  const raw = mixed.toString('latin1');
  const head = raw.slice(0, raw.indexOf('Content-Type: application/pdf'));
  const boundary = /boundary="([^"]+)"/.exec(raw)?.[1] ?? '';
  expect(text).toBe(
    `${head}Content-Type: text/plain\r\n\r\ngone\r\n--${boundary}\r\nContent-Type: text/plain\r\n\r\ngone\r\n--${boundary}--\r\n`,
  );
});

test('a message that is nothing but a file keeps its other fields', async () => {
  const raw = Buffer.from(
    'From: a@b.test\r\nContent-Type: application/pdf;\r\n name="x.pdf"\r\nSubject: S\r\n folded\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\nBBBB\r\n',
  );
  const { text } = await run(raw, ['1']);
  expect(text).toBe('From: a@b.test\r\nSubject: S\r\n folded\r\nContent-Type: text/plain\r\n\r\ngone\r\n');
});

test('hostile mail loses nothing: a boundary inside a nested one, no end, bare line feeds, a line of a megabyte', async () => {
  const cases = [
    'Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/mixed; boundary="b c"\n\n--b c\n\nx\n--a\n\ny\n--a--\nepilogue',
    `Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n\r\n${'z'.repeat(1_000_000)}\r\n--a--\r\n`,
    'Content-Type: multipart/mixed\r\n\r\n--undefined\r\n\r\nx',
    'Subject: only a header',
    '--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n--a\r\n\r\n\r\n--a--',
    '',
  ];
  for (const raw of cases) expect((await run(Buffer.from(raw), [], 999)).text).toBe(raw);
});

test('a header without an end is refused', async () => {
  await expect(run(Buffer.from(`X: ${'y\r\n z'.repeat(100_000)}`), [], 9_999)).rejects.toThrow('rewrite-failed');
});

test('a message of any size is never held: what was read is given on at once', async () => {
  const block = Buffer.from(`${'A'.repeat(76)}\r\n`.repeat(800));
  let read = 0;
  let given = 0;
  let most = 0;
  async function* source() {
    yield Buffer.from('Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: application/pdf\r\n\r\n');
    for (let index = 0; index < 500; index += 1) {
      most = Math.max(most, read - given);
      read += block.length;
      yield block;
    }
    yield Buffer.from('--a--\r\n');
  }
  for await (const piece of replaceParts(source(), () => null)) given += piece.length;
  expect(read).toBeGreaterThan(25_000_000);
  expect(most).toBeLessThan(1_000);
});
