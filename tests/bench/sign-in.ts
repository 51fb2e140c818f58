import type { App } from '#tests/e2e/start-app.ts';

/** Signs in as a browser's form does; answers the cookie header of the session. */
export async function signInByHttp(app: App, address: string, password: string): Promise<string> {
  const first = await fetch(`${app.address}/api/auth/csrf`);
  const jar = new Map(first.headers.getSetCookie().map(toPair));
  const { csrfToken } = (await first.json()) as { csrfToken: string };
  const form = new URLSearchParams({ csrfToken, address, password, publicComputer: 'false' });
  const headers = { cookie: toHeader(jar), origin: app.address, 'sec-fetch-site': 'same-origin' };
  const answer = await fetch(`${app.address}/api/auth/callback/credentials`, { method: 'POST', body: form, headers, redirect: 'manual' });
  const text = await answer.text();
  if (!text.includes('"ok":true')) throw new Error(`Sign-in answered ${answer.status}: ${text.slice(0, 200)}`);
  for (const [name, value] of answer.headers.getSetCookie().map(toPair)) jar.set(name, value);
  return toHeader(jar);
}

function toPair(cookie: string): [string, string] {
  const [pair = ''] = cookie.split(';');
  const at = pair.indexOf('=');
  return [pair.slice(0, at), pair.slice(at + 1)];
}

function toHeader(jar: ReadonlyMap<string, string>): string {
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
}
