import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { decodeCharset } from './decode-text.ts';

test.each([
  ['windows-1252', 'Smörgås – “quotes” €'],
  ['iso-8859-2', 'Zażółć gęślą jaźń'],
  ['koi8-r', 'Привет, мир'],
  ['windows-1251', 'Привет, мир'],
  ['shift_jis', '二番桟橋 待合室'],
  ['euc-kr', '안녕하세요'],
  ['gb18030', '你好，世界'],
  ['big5', '繁體中文'],
  ['iso-8859-8', 'שלום'],
  ['utf-16le', 'Ünïcode'],
])('%s is decoded', (charset, text) => {
  expect(decodeCharset(iconv.encode(text, charset), charset)).toBe(text);
});

test('UTF-8 that is labelled as something smaller is still UTF-8', () => {
  const text = 'Grüße aus Zürich, schöne Straße — “quoted”';
  expect(decodeCharset(Buffer.from(text), 'us-ascii')).toBe(text);
  expect(decodeCharset(Buffer.from(text), 'iso-8859-1')).toBe(text);
  expect(decodeCharset(Buffer.from(text), 'x-nonsense')).toBe(text);
});

test('8-bit text that is labelled UTF-8 does not turn into replacement characters', () => {
  const text = 'Grüße aus Zürich, wir hören bald voneinander, schöne Tage';
  expect(decodeCharset(iconv.encode(text, 'windows-1252'), 'utf-8')).toBe(text);
});

test('any octets under any label give a text', () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
  for (const label of ['utf-8', 'utf-7', 'iso-2022-jp', '', '\u0000', 'utf-32', 'x'.repeat(500)])
    expect(typeof decodeCharset(bytes, label)).toBe('string');
});
