import 'server-only';
import libmime from 'libmime';
import { visibleText } from '#lib/format/visible-text.ts';
import type { PartNode } from '#lib/mail/part-node.ts';

const maxBytes = 255;

/** For parts without a name; the ending tells the person and their computer what it is. */
const endings: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'application/json': 'json',
  'application/pkcs7-mime': 'p7m',
  'application/pgp-encrypted': 'asc',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/svg+xml': 'svg',
  'text/plain': 'txt',
  'text/html': 'html',
  'text/csv': 'csv',
  'text/calendar': 'ics',
  'text/vcard': 'vcf',
  'message/rfc822': 'eml',
  'message/delivery-status': 'txt',
};

/** A part's name, safe to show and to save under: no path, no control, no direction trick, at most 255 octets, never empty. */
export function fileNameOf(node: PartNode): string {
  const raw = node.dispositionParameters.filename ?? node.parameters.name ?? '';
  const name = safeFileName(decode(raw));
  if (name) return name;
  if (node.nested) return safeFileName(`${node.nested.subject || 'message'}.eml`) || 'message.eml';
  return `${node.mediaType.split('/')[0] || 'part'}-${node.part || '1'}.${endings[node.mediaType] ?? 'bin'}`;
}

/** Empty when nothing safe is left of it. */
export function safeFileName(raw: string): string {
  const cleaned = visibleText(raw.slice(0, 10_000).toWellFormed())
    .replace(/[\\/:*?"<>|]+/g, '_')
    .replace(/^[.\s_]+/, '')
    .trim();
  return shorten(cleaned);
}

/** Encoded-words do not belong into parameters (RFC 2231 does that), but many senders put them there. */
function decode(raw: string): string {
  try {
    return /=\?[^?]+\?[bq]\?/i.test(raw) ? libmime.decodeWords(raw) : raw;
  } catch {
    return raw;
  }
}

/** Cuts in the middle, so that the ending stays. */
function shorten(name: string): string {
  if (Buffer.byteLength(name) <= maxBytes) return name;
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 && name.length - dot <= 12 ? name.slice(dot) : '';
  let stem = '';
  let left = maxBytes - Buffer.byteLength(ending);
  for (const character of ending ? name.slice(0, dot) : name) {
    left -= Buffer.byteLength(character);
    if (left < 0) break;
    stem += character;
  }
  return stem + ending;
}

/** Content-Disposition with a plain fallback and the whole name (RFC 6266, RFC 8187). */
export function contentDisposition(kind: 'attachment' | 'inline', name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*!]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
