import 'server-only';
import { readAuthentication } from '#server/content/authentication-results.ts';
import type { Authentication } from '#server/content/authentication-results.ts';
import { valuesOf } from '#server/content/headers.ts';
import type { Header } from '#server/content/headers.ts';
import { env } from '#server/env.ts';

/** What the administrator's own mail servers found out about a message's sender; null where they say nothing. */
export function authenticationOf(fields: readonly Header[]): Authentication | null {
  return readAuthentication(valuesOf(fields, 'authentication-results'), env().authservIds);
}
