import { fromMailErrorValue } from '../errors.ts';
import type { Result } from '../errors.ts';
import { fetchJson } from './fetch-json.ts';

export interface Credentials {
  address: string;
  password: string;
  publicComputer: boolean;
}

/** Signs in through next-auth's credentials route, which answers a Result. Throws a MailError. */
export async function signIn({ address, password, publicComputer }: Credentials): Promise<void> {
  const { csrfToken } = await fetchJson<{ csrfToken: string }>('/api/auth/csrf');
  const form = new URLSearchParams({ csrfToken, address, password, publicComputer: `${publicComputer}` });
  const result = await fetchJson<Result<null>>('/api/auth/callback/credentials', { form });
  if (!result.ok) throw fromMailErrorValue(result.error);
}
