import 'server-only';
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { env } from '#server/env.ts';
import { singleton } from '#server/singleton.ts';

/** Leading zero bits wanted of SHA-256(challenge ":" proof): about a second of a browser's time. */
const proofBits = 16;
const validForMs = 5 * 60_000;
const maxSpent = 50_000;

/** Challenges that were answered, with their end, so that an answer is good once. */
const spent = singleton('spent-challenges', () => new Map<string, number>());

/** A riddle for one account and client, "until.nonce.signature"; nothing is kept of it until it is answered. */
export function makeChallenge(account: string, client: string, now = Date.now()): string {
  const head = `${now + validForMs}.${randomBytes(9).toString('base64url')}`;
  return `${head}.${sign(head, account, client).toString('base64url')}`;
}

/** True once for an answer to a challenge of ours, made for this account and client and not too old. */
export function isProven(challenge: string, proof: string, account: string, client: string, now = Date.now()): boolean {
  const [until = '', nonce = '', signature = ''] = challenge.split('.');
  const expected = sign(`${until}.${nonce}`, account, client);
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
  if (now > Number(until) || spent.has(challenge) || proof.length > 20) return false;
  const digest = createHash('sha256').update(`${challenge}:${proof}`).digest();
  if (digest.readUInt32BE(0) >>> (32 - proofBits) !== 0) return false;
  for (const [old, end] of spent) {
    if (end >= now && spent.size < maxSpent) break;
    spent.delete(old);
  }
  spent.set(challenge, Number(until));
  return true;
}

function sign(head: string, account: string, client: string): Buffer {
  const [secret = ''] = env().secrets;
  return createHmac('sha256', secret)
    .update(JSON.stringify(['pipit-proof-v1', head, account, client]))
    .digest();
}
