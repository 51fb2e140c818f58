/**
 * Whether a request that would change something comes from our own pages: Origin must be the configured one, absent or
 * "null" is refused; Sec-Fetch-Site, where sent, must agree. Host and X-Forwarded-Host count nothing. No 'server-only' here: the
 * server's start asks it before Next is.
 */
export function isFromOwnPage(origin: string | null, fetchSite: string | null, own: string): boolean {
  return origin === own && (fetchSite === null || fetchSite === 'same-origin');
}
