import 'server-only';
import { createSecureContext, rootCertificates } from 'node:tls';
import type { SecureContext } from 'node:tls';
import { singleton } from '#server/singleton.ts';

const contexts = singleton('mail-tls-contexts', () => new Map<string, SecureContext>());

/**
 * Whom to trust and how to speak TLS, once for all connections to mail servers: each with one of its own would read the authorities'
 * certificates again, and keep them. `authority` is PEM, trusted besides the known ones.
 */
export function mailTlsContext(authority: string | null): SecureContext {
  const known = contexts.get(authority ?? '');
  if (known) return known;
  const made = createSecureContext({
    minVersion: 'TLSv1.2',
    ...(authority ? { ca: [...rootCertificates, authority] } : {}),
  });
  contexts.set(authority ?? '', made);
  return made;
}
