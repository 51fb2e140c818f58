import 'server-only';
import { downloadHeaders } from '#server/content/download-headers.ts';

/**
 * Answers a download of decoded octets, whole or the one range asked for (RFC 9110 section 14). A transfer-encoded part has
 * no octet positions of its own: for a range it is decoded twice, once to count and once to send, and never held. `size`
 * is given where the length is known, which is where nothing is encoded.
 */
export async function streamResponse(
  request: Request,
  name: string,
  open: () => AsyncGenerator<Buffer>,
  size: number | null,
): Promise<Response> {
  const headers = { ...downloadHeaders('attachment', name, 'application/octet-stream'), 'Accept-Ranges': 'bytes' };
  const asked = parseRange(request.headers.get('range'));
  if (!asked) {
    const length: Record<string, string> = size === null ? {} : { 'Content-Length': `${size}` };
    return new Response(toStream(open()), { headers: { ...headers, ...length } });
  }
  const total = size ?? (await count(open()));
  const first = asked.first ?? Math.max(0, total - (asked.last ?? 0));
  const last = asked.first === null ? total - 1 : Math.min(total - 1, asked.last ?? Infinity);
  if (first > last)
    return new Response(null, { status: 416, headers: { ...headers, 'Content-Range': `bytes */${total}` } });
  return new Response(toStream(slice(open(), first, last)), {
    status: 206,
    headers: {
      ...headers,
      'Content-Length': `${last - first + 1}`,
      'Content-Range': `bytes ${first}-${last}/${total}`,
    },
  });
}

/** One range, inclusive; `first` null: the last so many octets. Several or none are answered with the whole, as RFC 9110 allows. */
function parseRange(header: string | null): { first: number | null; last: number | null } | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (!match || (!match[1] && !match[2])) return null;
  const first = match[1] ? Number(match[1]) : null;
  const last = match[2] ? Number(match[2]) : null;
  return first !== null && last !== null && last < first ? null : { first, last };
}

async function count(content: AsyncGenerator<Buffer>): Promise<number> {
  let octets = 0;
  for await (const piece of content) octets += piece.length;
  return octets;
}

async function* slice(content: AsyncGenerator<Buffer>, first: number, last: number): AsyncGenerator<Buffer> {
  let offset = 0;
  for await (const piece of content) {
    const kept = piece.subarray(Math.max(0, first - offset), Math.max(0, last + 1 - offset));
    offset += piece.length;
    if (kept.length > 0) yield kept;
    if (offset > last) return;
  }
}

export function toStream(content: AsyncGenerator<Buffer>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await content.next(); // A throw errors the stream: the browser sees a broken download.
      if (next.done) controller.close();
      else controller.enqueue(new Uint8Array(next.value));
    },
    async cancel() {
      await content.return(undefined);
    },
  });
}
