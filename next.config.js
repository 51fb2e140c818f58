/** @type {import('next').NextConfig} */
const config = {
  // Their state must live once per process, and they speak raw sockets: never bundled (architecture.md, Errors).
  serverExternalPackages: ['imapflow', 'nodemailer', 'iconv-lite', 'encoding-japanese', 'libmime', 'chardet', 'yazl'],
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  // Pictures in mail never go through Next's optimiser (security.md 0.10).
  images: { unoptimized: true },
};

export default config;
