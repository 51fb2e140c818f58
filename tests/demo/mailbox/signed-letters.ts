import { createHash } from 'node:crypto';
import { aMessage, multipart } from '#tests/support/mail-server/a-message.ts';
import { workingTime } from './moment.ts';
import type { Random } from './random.ts';
import { rawLetter } from './raw-letter.ts';
import type { SeedMessage } from './seed-message.ts';

const text = {
  headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  body: Buffer.from('Hello Ann,\r\n\r\nthe contract is fine. This message is signed so that you can show it to the board.\r\n\r\nBoard of the Boathouse\r\n'),
};

/** Octets that look like a signature and prove nothing: the demo holds nobody's key. */
function filler(seed: string, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, index) => createHash('sha256').update(`${seed}${index}`).digest());
  return Buffer.concat(blocks).subarray(0, length);
}

function lines(octets: Buffer): string {
  return octets.toString('base64').replace(/.{64}/g, '$&\r\n');
}

function armoured(kind: string, octets: Buffer): Buffer {
  return Buffer.from(`-----BEGIN PGP ${kind}-----\r\n\r\n${lines(octets)}\r\n-----END PGP ${kind}-----\r\n`);
}

/** OpenPGP (RFC 3156) and S/MIME (RFC 8551), signed and encrypted, and messages within messages. */
export function signedLetters(now: Date, random: Random): SeedMessage[] {
  const pgpSignature = { headers: { 'Content-Type': 'application/pgp-signature; name="signature.asc"' }, body: armoured('SIGNATURE', filler('pgp', 440)) };
  const smimeSignature = {
    headers: { 'Content-Type': 'application/pkcs7-signature; name="smime.p7s"', 'Content-Transfer-Encoding': 'base64', 'Content-Disposition': 'attachment; filename="smime.p7s"' },
    body: Buffer.from(lines(filler('smime', 2_100))),
  };
  const version = { headers: { 'Content-Type': 'application/pgp-encrypted' }, body: Buffer.from('Version: 1\r\n') };
  const secret = { headers: { 'Content-Type': 'application/octet-stream; name="encrypted.asc"', 'Content-Disposition': 'inline; filename="encrypted.asc"' }, body: armoured('MESSAGE', filler('secret', 1_400)) };
  const opaque = {
    headers: { 'Content-Type': 'application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"', 'Content-Transfer-Encoding': 'base64', 'Content-Disposition': 'attachment; filename="smime.p7m"' },
    body: Buffer.from(lines(filler('opaque', 3_000))),
  };
  const inner = aMessage({ from: 'Daniel Okafor <d.okafor@saltmarsh.example>', to: 'Priya Raman <priya@example.test>', subject: 'Handing over', text: 'The keys are with the harbour master.\n', messageId: '<inner.1@saltmarsh.example>', date: new Date(now.getTime() - 9e9) });
  const forwarded = { headers: { 'Content-Type': 'message/rfc822', 'Content-Disposition': 'attachment; filename="Handing over.eml"' }, body: inner };
  const report = { headers: { 'Content-Type': 'message/delivery-status' }, body: Buffer.from('Reporting-MTA: dns; mx.letters.example\r\n\r\nFinal-Recipient: rfc822; gone@letters.example\r\nAction: failed\r\nStatus: 5.1.1\r\n') };
  const intro = (words: string) => ({ headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: Buffer.from(`${words}\r\n`) });
  const letters = [
    { from: 'Noor Haddad <noor@rowingclub.example>', subject: 'Contract, signed with PGP', entity: multipart('signed', [text, pgpSignature], '; micalg=pgp-sha256; protocol="application/pgp-signature"') },
    { from: 'Board of the Boathouse <board@rowingclub.example>', subject: 'Contract, signed with S/MIME', entity: multipart('signed', [text, smimeSignature], '; micalg=sha-256; protocol="application/pkcs7-signature"') },
    { from: 'Noor Haddad <noor@rowingclub.example>', subject: 'Door code (encrypted)', entity: multipart('encrypted', [version, secret], '; protocol="application/pgp-encrypted"') },
    { from: 'Board of the Boathouse <board@rowingclub.example>', subject: 'Salaries (S/MIME encrypted)', entity: opaque },
    { from: 'Priya Raman <priya@example.test>', subject: 'Fwd: Handing over', entity: multipart('mixed', [intro('See attached, as it came.'), forwarded]) },
    { from: 'Mail Delivery System <mailer-daemon@letters.example>', subject: 'Undelivered mail returned to sender', entity: multipart('report', [intro('Your message could not be delivered to gone@letters.example: there is no such person.'), report, { ...forwarded, headers: { 'Content-Type': 'message/rfc822' } }], '; report-type=delivery-status') },
    { from: 'Weekly digest <digest@list.example>', subject: 'Digest of three letters', entity: multipart('mixed', [intro('Three letters this week.'), multipart('digest', [1, 2, 3].map((number) => ({ headers: { 'Content-Type': 'message/rfc822' }, body: aMessage({ from: `Writer ${number} <writer${number}@list.example>`, subject: `Letter ${number}`, text: `This is letter ${number} of the digest.\n`, messageId: `<digest.${number}@list.example>`, date: new Date(now.getTime() - number * 8e8) }) })))]) },
  ];
  return letters.map(({ from, subject, entity }, index) =>
    rawLetter({
      headers: [`From: ${from}`, 'To: Ann Lee <ann@example.test>', `Subject: ${subject}`, 'MIME-Version: 1.0', ...Object.entries(entity.headers).map(([name, value]) => `${name}: ${value}`)],
      body: entity.body,
      at: workingTime(now, index * 3 + random.between(2, 5), random),
    }),
  );
}
