import { fromMailErrorValue } from '#lib/errors.ts';
import type { Result } from '#lib/errors.ts';
import { openTabChannel } from '#lib/client/feed/feed-channel.ts';
import { fetchJson } from '#lib/client/fetch-json.ts';
import { bringCode } from '#lib/client/updated.ts';

export interface Credentials {
  address: string;
  password: string;
  publicComputer: boolean;
  /** Stay signed in for weeks on this computer. */
  keep: boolean;
}

/** What takes time: the mail server's answer, or a calculation that guessing is made expensive by. */
export type SignInStep = 'asking' | 'proving';

/**
 * Signs in through next-auth's credentials route, which answers a Result. When the account is being guessed at, the server asks for a
 * proof of work: it is done here, and tried once more. Throws a MailError.
 */
export async function signIn(credentials: Credentials, onStep: (step: SignInStep) => void): Promise<void> {
  onStep('asking');
  const first = await ask(credentials, {});
  if (!first.ok) {
    const { challenge } = first.error;
    if (!challenge) throw fromMailErrorValue(first.error);
    const { solveChallenge } = await bringCode(() => import('./solve-challenge.ts'));
    onStep('proving');
    const proof = await solveChallenge(challenge);
    onStep('asking');
    const second = await ask(credentials, { challenge, proof });
    if (!second.ok) throw fromMailErrorValue(second.error);
  }
  // Tabs whose session ran out while something was written in them go on.
  const tabs = openTabChannel(() => {}, null);
  tabs.post({ type: 'signed-in', address: credentials.address });
  tabs.close();
}

async function ask(
  { address, password, publicComputer, keep }: Credentials,
  proof: Record<string, string>,
): Promise<Result<null>> {
  const { csrfToken } = await fetchJson<{ csrfToken: string }>('/api/auth/csrf');
  const wishes = { publicComputer: `${publicComputer}`, keep: `${keep}` };
  const form = new URLSearchParams({ csrfToken, address, password, ...wishes, ...proof });
  return fetchJson<Result<null>>('/api/auth/callback/credentials', { form });
}
