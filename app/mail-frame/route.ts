/** The empty page that a message's HTML is put into: constant, without cookies or data. */
const shell = `<!doctype html><html><head><meta charset="utf-8"><title>Message</title><style>
html{overflow-x:auto;overflow-y:hidden;background:transparent;color-scheme:light}
html[data-dark]{color-scheme:dark}
body{margin:0;padding:4px 0;font:15px/1.5 system-ui,'Segoe UI',Roboto,'Noto Sans','Helvetica Neue',sans-serif;color:#262320;overflow-wrap:break-word;min-width:0}
html[data-dark] body{color:#ebe8e3}
a{color:#12606f}html[data-dark] a{color:#7fc4d4}
img{max-width:100%;height:auto}
img:not([src]){background:rgba(128,120,110,.12);outline:1px dashed rgba(128,120,110,.35);outline-offset:-1px}
blockquote{margin:8px 0;padding-inline-start:12px;border-inline-start:2px solid rgba(128,120,110,.4)}
pre{white-space:pre-wrap}table{max-width:100%}
a:focus-visible{outline:2px solid #2d8fa5;outline-offset:1px}
</style></head><body></body></html>`;

const sandbox = 'allow-same-origin allow-popups allow-popups-to-escape-sandbox';

const policy = [
  "default-src 'none'",
  "img-src 'self' data:",
  "style-src 'unsafe-inline'",
  "font-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  `sandbox ${sandbox}`,
].join('; ');

/** Whatever a document may be allowed that browsers know of: it has none of it. */
const features = [
  'accelerometer',
  'autoplay',
  'browsing-topics',
  'camera',
  'clipboard-read',
  'clipboard-write',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'sync-xhr',
  'usb',
  'window-management',
  'xr-spatial-tracking',
];

export function GET(): Response {
  return new Response(shell, {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Permissions-Policy': features.map((feature) => `${feature}=()`).join(', '),
      'X-DNS-Prefetch-Control': 'off',
      'Cache-Control': 'private, max-age=3600',
    },
  });
}
