import { z } from 'zod';
import { MailError } from '#lib/errors.ts';
import type { Upload } from '#lib/mail/upload.ts';
import { privateHeaders } from '#server/auth/error-response.ts';
import { mailRoute, mailStreamRoute } from '#server/auth/mail-route.ts';
import { cancelUpload, continueUpload, readUpload } from '#server/mail/compose/uploads.ts';

const schema = z.object({ id: z.uuid() });

/** How far an upload has come, in the headers Upload-Offset and Upload-Length. */
export const HEAD = mailRoute(schema, async ({ auth, input: { id } }) => told(await readUpload(auth, id), 200));

/** Takes the body's octets from the header Upload-Offset on. */
export const PATCH = mailStreamRoute(schema, async ({ auth, input: { id }, request }) => {
  const offset = Number(request.headers.get('upload-offset') ?? NaN);
  if (!Number.isSafeInteger(offset) || offset < 0 || !request.body)
    throw new MailError('invalid-input', { field: 'upload-offset' });
  return told(await continueUpload(auth, id, offset, request.body), 204);
});

export const DELETE = mailStreamRoute(schema, async ({ auth, input: { id } }) => {
  await cancelUpload(auth, id);
  return { cancelled: true };
});

function told({ size, offset }: Upload, status: number): Response {
  const headers = { ...privateHeaders, 'Upload-Offset': `${offset}`, 'Upload-Length': `${size}` };
  return new Response(null, { status, headers });
}
