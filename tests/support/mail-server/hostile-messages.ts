import { aMessage } from './a-message.ts';

const head = (type: string, more = '') => `From: Eve <eve@example.test>\r\nTo: me@example.test\r\nSubject: Hostile\r\nDate: Fri, 05 Jul 2019 17:50:33 +0000\r\nMIME-Version: 1.0\r\n${more}Content-Type: ${type}\r\n\r\n`;

/** A message whose parts are nested so deep. */
function nested(levels: number): string {
  const open = Array.from({ length: levels }, (_, level) => `Content-Type: multipart/mixed; boundary="b${level}"\r\n\r\n--b${level}\r\n`).join('');
  return `From: Eve <eve@example.test>\r\nSubject: Nested\r\nMIME-Version: 1.0\r\n${open}Content-Type: text/plain\r\n\r\nBelow all\r\n`;
}

function messageInMessage(levels: number): string {
  return `${head('message/rfc822').repeat(levels)}Subject: Innermost\r\n\r\nInside\r\n`;
}

/** Messages that break readers, each by another means (checks 66, 68 and 71); names are for people. */
export const hostileMessages: Readonly<Record<string, () => string>> = {
  'nested 5,000 deep': () => nested(5_000),
  'messages in messages, 500 deep': () => messageInMessage(500),
  '100,000 parts': () => `${head('multipart/mixed; boundary=b')}${'--b\r\nContent-Type: text/plain\r\n\r\nx\r\n'.repeat(100_000)}--b--\r\n`,
  'a boundary without an end': () => `${head('multipart/mixed; boundary=b')}--b\r\nContent-Type: text/html\r\n\r\n<p>Open`,
  'no boundary at all': () => `${head('multipart/mixed')}--\r\n\r\nx\r\n`,
  'a boundary that begins another': () => `${head('multipart/mixed; boundary=a')}--a\r\nContent-Type: multipart/mixed; boundary=ab\r\n\r\n--ab\r\n\r\nInner\r\n--a\r\n\r\nOuter\r\n--ab--\r\n--a--\r\n`,
  '400,000 headers': () => head('text/plain', 'X-Filler: nothing\r\n'.repeat(400_000)) + 'Below\r\n',
  'a header of 10 MB': () => head('text/plain', `X-Long: ${'y'.repeat(10_000_000)}\r\n`) + 'Below\r\n',
  'a folded header of 100,000 lines': () => head('text/plain', `References:${'\r\n <a@b>'.repeat(100_000)}\r\n`) + 'Below\r\n',
  'an encoded word of 1 MB': () => `From: =?utf-8?b?${Buffer.from('é'.repeat(375_000)).toString('base64')}?= <eve@example.test>\r\nSubject: =?utf-8?q?${'=C3=A9'.repeat(170_000)}?=\r\n\r\nBelow\r\n`,
  '20,000 recipients': () => head('text/plain', `Cc: ${Array.from({ length: 20_000 }, (_, index) => `p${index}@example.test`).join(',\r\n ')}\r\n`) + 'Below\r\n',
  'HTML of 20 MB': () => `${head('text/html; charset=utf-8')}<p>First</p>${'<p>Filler <b>words</b></p>\r\n'.repeat(800_000)}`,
  'text of 2 MB': () => `${head('text/plain')}First\r\n${'Filler words\r\n'.repeat(150_000)}`,
  'a million nested tags': () => `${head('text/html')}<p>First</p>${'<div>\r\n'.repeat(300_000)}`,
  'an unknown charset and encoding': () => `From: Eve <eve@example.test>\r\nContent-Type: text/plain; charset=x-klingon\r\nContent-Transfer-Encoding: x-warp\r\n\r\n\xff\xfe\x00\x01\r\n`,
  'broken base64': () => head('text/plain', 'Content-Transfer-Encoding: base64\r\n') + '====!!!!\r\nQUJD\r\n=\r\n',
  'dates that are none': () => 'From: Eve <eve@example.test>\r\nDate: Thu, 99 Foo 99999 99:99:99 +9999\r\nSubject: When\r\n\r\nx\r\n',
  'nothing but a line break': () => '\r\n',
  'no header at all': () => 'Just words, no header\r\n\r\nand more\r\n',
  'octets of every kind': () => Array.from({ length: 4_096 }, (_, index) => String.fromCharCode((index * 7) % 255 || 1)).join(''),
  'a name of 5,000 characters with tricks': () => `${head('multipart/mixed; boundary=b')}--b\r\nContent-Type: application/octet-stream; name="../../${'x'.repeat(5_000)}\u202efdp.exe"\r\nContent-Disposition: attachment; filename="a\0b\\\\c.exe"\r\n\r\nx\r\n--b--\r\n`,
};

/** So many ordinary messages broken at random places, the same ones for the same seed. */
export function brokenMessages(count: number, seed: number): Buffer[] {
  let state = seed;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state % below;
  };
  return Array.from({ length: count }, (_, index) => {
    const whole = aMessage({ subject: `Broken ${index}`, html: '<p>Hello</p>', attachments: [{ name: 'a.txt', mediaType: 'text/plain', content: Buffer.from('x'.repeat(200)) }] });
    const octets = Buffer.from(whole);
    for (let change = 0; change < 5; change += 1) {
      const at = random(octets.length);
      // A NUL may not travel in a literal (RFC 9051 section 4.3).
      octets[at] = 1 + random(255);
    }
    return random(4) === 0 ? octets.subarray(0, 20 + random(octets.length - 20)) : octets;
  });
}
