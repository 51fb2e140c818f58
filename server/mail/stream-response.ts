import 'server-only';
import { downloadHeaders } from '#server/content/download-headers.ts';

/**
 * Answers a download of decoded octets. A `Range: bytes=N-` (RFC 9110 section 14) resumes it: a transfer-encoded part has
 * no octet positions of its own, so it is decoded again and what the browser has already is skipped. The whole length is
 * known only where nothing is encoded; `size` is then given.
 */
export async function streamResponse(
  request: Request,
  name: string,
  content: AsyncGenerator<Buffer>,
  size: number | null,
): Promise<Response> {
  const headers = downloadHeaders('attachment', name, 'application/octet-stream');
  const start = rangeStart(request.headers.get('range'));
  if (start === null) {
    const length: Record<string, string> = size === null ? {} : { 'Content-Length': `${size}` };
    return new Response(toStream(content), { headers: { ...headers, 'Accept-Ranges': 'bytes', ...length } });
  }
  // The end of a Content-Range must be named, so a resumed part of unknown length is decoded to its end first.
  const rest: Buffer[] = [];
  let skipped = 0;
  for await (const piece of content) {
    const keep = piece.subarray(Math.max(0, start - skipped));
    skipped += piece.length;
    if (keep.length > 0) rest.push(keep);
  }
  if (start >= skipped) {
    return new Response(null, { status: 416, headers: { ...headers, 'Content-Range': `bytes */${skipped}` } });
  }
  const body = new Blob(rest.map((piece) => new Uint8Array(piece)));
  const range = `bytes ${start}-${skipped - 1}/${skipped}`;
  return new Response(body, { status: 206, headers: { ...headers, 'Accept-Ranges': 'bytes', 'Content-Range': range } });
}

/** Only open ends: what browsers send to resume. Anything else gets the whole, which RFC 9110 allows. */
function rangeStart(range: string | null): number | null {
  const match = /^bytes=(\d{1,15})-$/.exec(range ?? '');
  return match ? Number(match[1]) : null;
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
