import 'server-only';
import type { Writable } from 'node:stream';
import type { ImapFlow } from 'imapflow';

/**
 * The only file that names what imapflow keeps to itself. Its version is pinned, and tests/imap/protocol.test.ts and
 * plain-lines.test.ts hold each of these against a real server, so that an upgrade which changes them fails there and
 * not in use.
 */
export interface Internals {
  exec(
    command: string,
    attributes: Token[] | false,
    options?: { untagged?: Record<string, UntaggedHandler>; onPlusTag?: () => Promise<void> },
  ): Promise<{ next(): void; response: Untagged }>;
  writeSocket: Writable;
  preCheck?: (() => Promise<void>) | false;
  untaggedHandlers: Record<string, UntaggedHandler | null>;
  /** By response code. */
  sectionHandlers: Record<string, () => Promise<void>>;
  idleStartTimer?: NodeJS.Timeout;
  autoidle(): void;
  handleResponse(data: RawResponse): Promise<boolean>;
  initialPREAUTH(): Promise<void>;
  /** Makes responses of octets. */
  streamer: {
    state: number;
    inputBuffer: unknown[];
    lineBuffer: unknown[];
    literals: unknown[];
    literalWaiting: number;
    processInputChunk(chunk: Buffer): Promise<void>;
  };
  /** The command under way. */
  currentRequest?: { options?: { untagged?: Record<string, unknown> } } | false;
}

/** The stream's state between literals (imapflow's own constant is not exported). */
export const inLine = 0x01;

export function internalsOf(client: ImapFlow): Internals {
  // True for the pinned imapflow 2.10.2; the members exist at run time but are left out of its declarations.
  return client as unknown as Internals;
}

export type Token = { type: 'ATOM' | 'STRING' | 'SEQUENCE' | 'LITERAL'; value: string; section?: Token[] } | Token[];

/** What imapflow's parser makes of a response: atoms and strings carry `value`, lists are arrays, NIL is null. */
export type ParsedNode = ParsedNode[] | { type?: string; value?: string | Buffer; section?: ParsedNode[] } | null;

export interface Untagged {
  command: string;
  attributes?: ParsedNode[];
  /** In place of attributes, for a SEARCH response of numbers alone. */
  numbers?: number[];
}

export type UntaggedHandler = (untagged: Untagged) => Promise<void> | void;

/** A response as it came: literals are cut out of the line and stand in `literals`, in their order. */
export interface RawResponse {
  payload: Buffer;
  literals?: Buffer[];
}
