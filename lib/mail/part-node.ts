import type { Envelope } from './envelope.ts';

/** One node of a message's MIME tree, as IMAP's BODYSTRUCTURE tells it (RFC 9051 section 7.5.2). All strings are hostile. */
export interface PartNode {
  /** Section number for BODY[...]; "" for a multipart at the top, which has no number of its own. */
  part: string;
  /** Lower case "type/subtype". */
  mediaType: string;
  /** Keys in lower case; values already joined (RFC 2231) where the client library did so, else raw. */
  parameters: Record<string, string>;
  /** Lower case content transfer encoding, such as "base64". */
  encoding: string;
  /** Octets as encoded. */
  size: number;
  disposition: string | null;
  dispositionParameters: Record<string, string>;
  /** Without angle brackets. */
  contentId: string | null;
  description: string | null;
  /** Parts of a multipart; for message/rfc822 the one root of the nested message. */
  children: PartNode[];
  /** Only for message/rfc822. */
  nested: Envelope | null;
}
