import { z } from 'zod';

/** `POST /api/uploads` announces a file and answers an Upload. Throws message-too-large for one that cannot be sent anyway. */
export const newUploadSchema = z.object({ id: z.uuid(), size: z.int().min(0) });

/**
 * An upload that goes on where it stopped: `PATCH /api/uploads/{id}` with the header `Upload-Offset` and the octets from there on as
 * the body (any number, also all of the rest in one streamed body; a body that breaks off counts up to what arrived).
 * `HEAD /api/uploads/{id}` answers the headers `Upload-Offset` and `Upload-Length`; so does PATCH, with 204. A wrong offset is
 * refused with 409 upload-offset: ask with HEAD. 404 upload-missing: gone, upload anew. `DELETE` cancels. Kept for two days of
 * this session, encrypted with a key that only the session holds.
 */
export interface Upload {
  id: string;
  size: number;
  offset: number;
}
