import { NextResponse } from 'next/server';
import type { NextRequest } from 'next/server';
import { reportsPath } from '#server/reports-path.ts';

/** The CSP nonce and security headers of pages, nothing else: who may see what is decided beside the data. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  // What a client sends under these names must not reach the page (CVE-2026-44581).
  headers.delete('content-security-policy-report-only');
  headers.set('content-security-policy', policy); // Next takes its scripts' nonce from here.
  headers.set('x-nonce', nonce);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  for (const [name, value] of Object.entries(pageHeaders)) response.headers.set(name, value);
  if (process.env.APP_URL?.startsWith('https:')) {
    response.headers.set('Strict-Transport-Security', 'max-age=63072000');
  }
  return response;
}

/** Pages and route handlers; not the message frame, whose own policy allows a mail's inline styles, and not static files. */
export const config = {
  matcher: ['/((?!api/|healthz|readyz|mail-frame|_next/static|_next/image|icon|favicon|manifest|.well-known).*)'],
};

const pageHeaders: Readonly<Record<string, string>> = {
  'Cache-Control': 'private, no-store',
  // Turbopack cannot be asked to keep to it, so it is told, not forbidden; what is our own passes by instrumentation-client.ts.
  'Content-Security-Policy-Report-Only':
    "require-trusted-types-for 'script'; trusted-types default parser ProseMirrorClipboard; report-to csp",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
  'Referrer-Policy': 'no-referrer',
  'Reporting-Endpoints': `csp="${reportsPath}"`,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src-elem 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "media-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    'report-to csp',
  ].join('; ');
}
