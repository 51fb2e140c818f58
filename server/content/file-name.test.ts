import { expect, test } from 'vitest';
import type { PartNode } from '#lib/mail/part-node.ts';
import { contentDisposition, fileNameOf, safeFileName } from './file-name.ts';

test.each([
  '../../etc/passwd',
  'C:\\Windows\\evil.exe',
  'a\u0000b.txt',
  'a\r\nSet-Cookie: x=1.txt',
  'invoice\u202Efdp.exe',
  '.profile',
])('check 43: %j becomes a harmless name', (raw) => {
  const name = safeFileName(raw);
  expect(name).not.toBe('');
  expect(name).not.toMatch(/[\\/\u0000-\u001f\u202a-\u202e\u2066-\u2069]/);
  expect(name).not.toMatch(/^\.+$/);
});

test('a name in any script survives whole in the header (RFC 6266, RFC 8187)', () => {
  const header = contentDisposition('attachment', 'Übersicht “Q3” 二番.pdf');
  expect(header).toMatch(/^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''/);
  const encoded = /filename\*=UTF-8''(.*)$/.exec(header)?.[1] ?? '';
  expect(decodeURIComponent(encoded)).toBe('Übersicht “Q3” 二番.pdf');
});

test.each(['.', '..', '', '   ', '/', '\u202e'])('a part called %j gets a name by its kind', (filename) => {
  const node: Pick<PartNode, 'part' | 'mediaType' | 'parameters' | 'dispositionParameters'> = {
    part: '2',
    mediaType: 'application/pdf',
    parameters: {},
    dispositionParameters: { filename },
  };
  expect(fileNameOf(node as PartNode)).toMatch(/^(application-2\.pdf|_+)$/);
});
