/** @type {import('next').NextConfig} */
const config = {
  // Their state must live once per process, and they speak raw sockets: never bundled.
  serverExternalPackages: ['imapflow', 'nodemailer', 'iconv-lite', 'encoding-japanese', 'libmime', 'chardet', 'yazl'],
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  // Pictures in mail never go through Next's optimiser.
  images: { unoptimized: true },
  // Texts come compiled (lib/i18n/messages.ts): the browser does without a parser for them.
  turbopack: { resolveAlias: { 'use-intl/format-message': 'use-intl/format-message/format-only' } },
  // Its address holds its content's hash.
  headers: async () => [{ source: '/icon.svg', headers: [{ key: 'Cache-Control', value: 'public, max-age=31536000, immutable' }] }],
  experimental: {
    // It would keep the icon beside the build; the server writes into DATA_DIR alone (check 96).
    isrFlushToDisk: false,
    // People sign in and read: few scripts, each a round trip less.
    turbopackChunking: {
      minChunkSize: 400_000,
      maxChunkCountPerGroup: 4,
      maxMergeChunkSize: 2_000_000,
      requestCost: 2_000_000,
      clusters: [[/^\/login/, /^\/mail/]],
    },
  },
};

export default config;
