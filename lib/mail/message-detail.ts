import type { Envelope } from './envelope.ts';
import type { DeliveryReport } from './delivery-report.ts';
import type { Keyword } from './keyword.ts';
import type { ListExit } from './list-exit.ts';
import type { MessageRef } from './message.ts';
import type { ReceiptRequest } from './receipt-request.ts';
import type { SenderTruth } from './sender-truth.ts';

/** A stretch of readable text in the order of the message. `html` is raw and hostile: only the frame's filter may touch it. */
export interface BodyPart {
  /** IMAP section number, such as "1.2" (RFC 9051 section 6.4.5). */
  part: string;
  kind: 'plain' | 'html';
  content: string;
  /** Plain text whose soft breaks were joined (format=flowed, RFC 3676). */
  flowed: boolean;
  /** Cut at the limit; the whole part can be downloaded. */
  truncated: boolean;
}

/** A part offered for download, also one shown in the body by its Content-ID. */
export interface Attachment {
  part: string;
  /** Safe to show and to save under; never empty. */
  name: string;
  /** Lower case, such as "image/png". */
  mediaType: string;
  /** Octets after decoding where known, else estimated from the encoded size. */
  size: number;
  /** Without the angle brackets; what a `cid:` address names (RFC 2392). */
  contentId: string | null;
  /** True for pictures that an HTML body shows in place: not listed below the message. */
  inline: boolean;
  /** What the browser may show without a download. */
  preview: 'image' | 'pdf' | 'text' | 'message' | 'calendar' | null;
}

/** What a message is besides text: shown as a plain statement, never as a promise that a signature is good. */
export type MessageNotice =
  | 'pgp-signed'
  | 'pgp-encrypted'
  | 'smime-signed'
  | 'smime-encrypted'
  | 'calendar'
  | 'unreadable-structure'
  | 'too-many-parts'
  | 'empty';

/** The opened message, or a message nested in one (`section` is then its part number). */
export interface MessageDetail extends Envelope {
  ref: MessageRef;
  section: string | null;
  modseq: string;
  keywords: Keyword[];
  receivedAt: string;
  size: number;
  references: string[];
  /** Of a message from a mailing list, the address that writes to it (List-Post, RFC 2369 section 3.4). */
  listPost: string | null;
  /** How the list it came from lets one go; null: it names no way. */
  exit: ListExit | null;
  /** Somebody asks to be told that this was read; answered or not, the keywords tell. Null: nobody who should be. */
  receipt: ReceiptRequest | null;
  truth: SenderTruth;
  body: BodyPart[];
  attachments: Attachment[];
  notices: MessageNotice[];
  /** Of a bounce or another notice of delivery (RFC 3464); null for all other messages. */
  delivery: DeliveryReport | null;
}
