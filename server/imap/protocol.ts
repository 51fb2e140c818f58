import 'server-only';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { ImapFlow, MessageStructureObject } from 'imapflow';
import { decodePath, encodePath, parseBodystructure } from 'imapflow/lib/tools.js';
import { internalsOf } from './imapflow-internals.ts';
import type { ParsedNode, RawResponse, Token, Untagged, UntaggedHandler } from './imapflow-internals.ts';
import { whileTaking } from './plain-lines.ts';

export type { ParsedNode, RawResponse, Token, Untagged } from './imapflow-internals.ts';

/**
 * Closes the connection when the server greets with PREAUTH (RFC 9051 section 7.1.4), before another word is said; call it before
 * `connect`. Answers a function that tells whether that happened.
 */
export function refusePreauth(client: ImapFlow): () => boolean {
  let refused = false;
  internalsOf(client).initialPREAUTH = () => {
    refused = true;
    client.close();
    return Promise.resolve();
  };
  return () => refused;
}

export const atom = (value: string): Token => ({ type: 'ATOM', value });
export const quoted = (value: string): Token => ({ type: 'STRING', value });
export const sequence = (value: string): Token => ({ type: 'SEQUENCE', value });
/** Some fields of the header, without marking the message as read (RFC 9051 section 6.4.5). */
export const headerFields = (...names: string[]): Token => ({
  type: 'ATOM',
  value: 'BODY.PEEK',
  section: [atom('HEADER.FIELDS'), names.map(atom)],
});
/** Octets of UTF-8 with their count before them; waits for the server's word where it wants that (RFC 7888). */
export const literal = (value: string): Token => ({ type: 'LITERAL', value });

/** A mailbox name as it travels on this connection. */
export const mailboxName = (client: ImapFlow, path: string): Token => quoted(encodePath(client, path));

/** How often a command is said again whose messages went while it ran. */
const maxTries = 3;

/**
 * Sends one command as it stands and answers the tagged response; ends a running IDLE first. `untagged` handlers see the
 * responses that arrive while the command runs, in place of imapflow's own. Throws imapflow's errors. A NO because some of the
 * messages are gone (EXPUNGEISSUED, RFC 5530 section 3) means that nothing was done to the others, though imapflow takes it for an OK:
 * it is said again once the server has told which are gone.
 */
export async function execCommand(
  client: ImapFlow,
  command: string,
  attributes: Token[] = [],
  untagged: Record<string, UntaggedHandler> = {},
): Promise<Untagged> {
  const inner = internalsOf(client);
  clearTimeout(inner.idleStartTimer);
  if (typeof inner.preCheck === 'function') await inner.preCheck();
  try {
    for (let attempt = 1; ; attempt += 1) {
      const { response, next } = await inner.exec(command, attributes.length ? attributes : false, { untagged });
      next(); // Until this the parser stays parked and every later command waits.
      if (response.command.toUpperCase() !== 'NO' || attempt === maxTries) return response;
      await client.noop();
    }
  } catch (error) {
    throw withResponseCode(error);
  } finally {
    inner.autoidle();
  }
}

/** The response code of a tagged answer, such as MODIFIED (RFC 9051 section 7.1), and its first value as text. */
export function responseCodeOf({ attributes }: Untagged): { code: string; value: string } | null {
  const [first] = attributes ?? [];
  if (!first || Array.isArray(first) || !first.section) return null;
  const [name, value] = first.section;
  return { code: textOf(name)?.toUpperCase() ?? '', value: textOf(value) ?? '' };
}

/** The tagged NO or BAD that imapflow made an error of; null for any other error. */
export function answerOfRefusal(error: unknown): Untagged | null {
  if (!(error instanceof Error)) return null;
  const { response } = error as { response?: Untagged }; // What imapflow hangs on a refused command's error.
  return typeof response === 'object' ? response : null;
}

/** imapflow reads the code of a NO or BAD, such as [NOPERM], in its own commands only. */
function withResponseCode(error: unknown): unknown {
  const refusal = answerOfRefusal(error);
  const code = refusal && responseCodeOf(refusal)?.code;
  return code ? Object.assign(error as Error, { serverResponseCode: code }) : error; // An Error: it has an answer.
}

/**
 * Runs something while all responses are offered to `take` as they came; what it does not take goes imapflow's way. Its parser
 * makes an object of every token, which for ten thousand lines of one form is most of the work.
 */
async function withRawResponses<T>(
  client: ImapFlow,
  take: (response: RawResponse) => boolean,
  run: () => Promise<T>,
): Promise<T> {
  const inner = internalsOf(client);
  const usual = inner.handleResponse.bind(client);
  inner.handleResponse = async (data) => take(data) || usual(data);
  try {
    return await run();
  } finally {
    Reflect.deleteProperty(inner, 'handleResponse'); // The class's own shows again.
  }
}

/** The same for FETCH responses only. */
export async function withRawFetches<T>(
  client: ImapFlow,
  take: (response: RawResponse) => boolean,
  run: () => Promise<T>,
): Promise<T> {
  const isFetch = ({ payload }: RawResponse) => /^\* \d+ FETCH /i.test(payload.toString('latin1', 0, 24));
  return withRawResponses(client, (data) => isFetch(data) && take(data), run);
}

/** As execCommand, while responses are offered to `take` as they came; one that it takes goes no further. */
export async function execTakingResponses(
  client: ImapFlow,
  command: string,
  attributes: Token[],
  take: (response: RawResponse) => boolean,
): Promise<Untagged> {
  return withRawResponses(client, take, () => execCommand(client, command, attributes));
}

/** As execCommand, while lines of the server's are offered to `takeLine`; one that it takes goes no further. */
export async function execTakingLines(
  client: ImapFlow,
  command: string,
  attributes: Token[],
  takeLine: (line: string) => boolean,
  untagged: Record<string, UntaggedHandler> = {},
): Promise<Untagged> {
  // One that came in two pieces is imapflow's to put together.
  const take = ({ payload, literals }: RawResponse) => !literals?.length && takeLine(payload.toString('latin1'));
  return whileTaking(client, takeLine, () =>
    withRawResponses(client, take, () => execCommand(client, command, attributes, untagged)),
  );
}

/**
 * Sends a command that ends in a literal (RFC 9051 section 4.3) whose octets are read while they are sent: imapflow's own APPEND
 * holds the message in memory. `head` stands as it is, without the literal's size; `content` must yield exactly `size` octets, else
 * the connection is closed, since half a literal cannot be taken back. Answers the tagged response.
 */
export async function execLiteral(
  client: ImapFlow,
  head: string,
  size: number,
  content: () => AsyncIterable<Uint8Array>,
  untagged: Record<string, UntaggedHandler> = {},
): Promise<Untagged> {
  const inner = internalsOf(client);
  if (/[\r\n\0]/.test(head)) throw new TypeError('A command is one line');
  clearTimeout(inner.idleStartTimer);
  if (typeof inner.preCheck === 'function') await inner.preCheck();
  let failure: unknown = null;
  const onPlusTag = async () => {
    try {
      let sent = 0;
      for await (const chunk of content()) {
        sent += chunk.length;
        if (sent > size || !client.usable) break;
        if (!inner.writeSocket.write(chunk)) await drained(client, inner.writeSocket);
      }
      if (sent !== size) throw new TypeError(`A literal of ${size} octets had ${sent}`);
      inner.writeSocket.write('\r\n');
    } catch (error) {
      failure = error;
      client.close();
    }
  };
  try {
    const answer = await inner.exec(`${head} {${size}}`, false, { onPlusTag, untagged });
    answer.next();
    return answer.response;
  } catch (error) {
    throw failure ?? withResponseCode(error);
  } finally {
    inner.autoidle();
  }
}

/** Resolves once the connection takes more, or is closed; leaves no listener behind. */
async function drained(client: ImapFlow, socket: Writable): Promise<void> {
  const done = new AbortController();
  const { signal } = done;
  try {
    await Promise.race([once(socket, 'drain', { signal }), once(client, 'close', { signal })]);
  } finally {
    done.abort();
  }
}

/** A mailbox name as it stands in such a head, quoted. */
export function mailboxText(client: ImapFlow, path: string): string {
  return `"${encodePath(client, path).replace(/["\\]/g, '\\$&')}"`;
}

/** Handles unsolicited responses of a kind for as long as the connection lives (NOTIFY's STATUS and LIST). */
export function onUntagged(client: ImapFlow, kind: string, handler: UntaggedHandler): void {
  internalsOf(client).untaggedHandlers[kind] = handler;
}

/** The handler imapflow itself has for a kind of response, to pass on what ours only wanted to see. */
export function defaultUntagged(client: ImapFlow, kind: string): UntaggedHandler {
  const inner = internalsOf(client);
  return (untagged) => inner.untaggedHandlers[kind]?.(untagged);
}

/** Text of an atom, string or literal; null for NIL and lists. */
export function textOf(node: ParsedNode | undefined): string | null {
  if (!node || Array.isArray(node) || node.value === undefined) return null;
  return Buffer.isBuffer(node.value) ? node.value.toString() : node.value;
}

export function listOf(node: ParsedNode | undefined): ParsedNode[] {
  return Array.isArray(node) ? node : [];
}

/** Handles a response code wherever it stands, such as NOTIFICATIONOVERFLOW (RFC 5465 section 5.8). */
export function onResponseCode(client: ImapFlow, code: string, handler: () => void): void {
  internalsOf(client).sectionHandlers[code] = async () => handler();
}

/**
 * A mailbox name from an untagged response: Dovecot 2.3 sends names in NOTIFY's responses as UTF-8 literals, everyone
 * else in modified UTF-7 (RFC 3501 section 5.1.3) unless UTF8=ACCEPT is on.
 */
export function mailboxNameOf(client: ImapFlow, node: ParsedNode | undefined): string | null {
  const text = textOf(node);
  if (text === null) return null;
  const isUtf8 = /[^\x20-\x7e]/.test(text);
  // decodePath takes the connection for its `enabled` set only.
  const decoded = isUtf8 ? text : decodePath(client, text);
  return /^inbox$/i.test(decoded) ? 'INBOX' : decoded;
}

/** What imapflow itself makes of a BODYSTRUCTURE (RFC 9051 section 7.5.2); null where there is none. */
export function structureOf(node: ParsedNode | undefined): MessageStructureObject | null {
  if (!Array.isArray(node)) return null;
  return parseBodystructure(node as Parameters<typeof parseBodystructure>[0]); // The same parser's nodes.
}

/** The value after a name in a flat list of names and values, as FETCH and ESEARCH have them. */
export function valueAfter(attributes: readonly ParsedNode[], name: string): ParsedNode | undefined {
  const index = attributes.findIndex((node) => textOf(node)?.toUpperCase() === name);
  return index < 0 ? undefined : attributes[index + 1];
}
