import 'server-only';
import { isMailError } from '#lib/errors.ts';
import type { UnsubscribeAnswer } from '#lib/mail/list-exit.ts';
import { requestPublic } from './public-request.ts';

const timeoutMs = 10_000;
const headers = {
  'User-Agent': 'Mozilla/5.0 (compatible; PipitUnsubscribe)',
  'Content-Type': 'application/x-www-form-urlencoded',
};

/**
 * Asks a list's server to let one go (RFC 8058 section 3.2): one POST over https to a public address, with no cookie,
 * no Referer and nothing of the person but what the address itself says. Who answers with a redirect, which that
 * section forbids, has refused. What else is in the answer is not read. Throws nothing.
 */
export async function postOneClick(url: string): Promise<UnsubscribeAnswer['outcome']> {
  const target = new URL(url);
  if (target.protocol !== 'https:' || target.port !== '') return 'unreachable';
  try {
    const request = { method: 'POST' as const, headers, body: 'List-Unsubscribe=One-Click' };
    const response = await requestPublic(target, request, AbortSignal.timeout(timeoutMs));
    if (!response) return 'unreachable';
    const { statusCode = 0 } = response;
    response.destroy();
    return statusCode >= 200 && statusCode < 300 ? 'done' : 'refused';
  } catch (error) {
    if (isMailError(error)) return 'unreachable';
    throw error;
  }
}
