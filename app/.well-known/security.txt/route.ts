import { env } from '#server/env.ts';

const yearMs = 365 * 24 * 60 * 60 * 1000;

/** Where to report a hole (RFC 9116): whoever runs this installation. */
export function GET(): Response {
  const { hostname, origin } = env().appUrl;
  const lines = [
    `Contact: mailto:security@${hostname}`,
    `Expires: ${new Date(Date.now() + yearMs).toISOString()}`,
    `Canonical: ${origin}/.well-known/security.txt`,
  ];
  return new Response(`${lines.join('\n')}\n`, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
}

export const dynamic = 'force-dynamic';
