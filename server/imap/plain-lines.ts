import 'server-only';
import type { ImapFlow } from 'imapflow';
import { inLine, internalsOf } from './imapflow-internals.ts';

/**
 * Takes a response line without its end, or leaves it to imapflow. A line that ends in the size of a literal (RFC 9051
 * section 4.3) comes with its octets where a parenthesis ends the response behind them; without them it is not whole
 * and must be left.
 */
export type TakeLine = (line: string, literal?: Buffer) => boolean;

const lineFeed = 0x0a;
/** What is longer is no flag change and no line of the kinds that come by the thousands. Octets. */
const maxLine = 4_096;

const takersOf = new WeakMap<ImapFlow, TakeLine[]>();

/**
 * Lets lines that come by the thousands past imapflow, which makes an object and several promises of each: 100,000 messages
 * marked elsewhere are 100,000 lines on every connection that has their mailbox selected, and cost seconds. Of flag changes nobody
 * asked for (RFC 9051 section 7.5.2) one `flags` event is emitted for all that came together. Call it once, when the connection is
 * signed in: what comes before is for imapflow alone, which looks for what was smuggled in before TLS.
 */
export function passPlainLines(client: ImapFlow): void {
  const { streamer } = internalsOf(client);
  const takers: TakeLine[] = [];
  takersOf.set(client, takers);
  const usual = streamer.processInputChunk.bind(streamer);
  let unasked = 0;

  const take: TakeLine = (line, literal) => {
    if (takers.at(-1)?.(line, literal)) return true;
    if (asksForRows(client) || !isFlagChange(line)) return false;
    unasked += 1;
    return true;
  };
  const isBetweenResponses = () =>
    streamer.state === inLine && [streamer.inputBuffer, streamer.lineBuffer, streamer.literals].every(isEmpty);

  streamer.processInputChunk = async (chunk) => {
    if (takers.length === 0 && (asksForRows(client) || !chunk.includes(' FETCH ('))) return usual(chunk);
    for (let at = 0; at < chunk.length;) {
      if (isBetweenResponses()) at = takeFrom(chunk, at, take);
      // An empty literal ends with the first octet behind it.
      const literalEnd = at + Math.max(1, streamer.literalWaiting);
      const end = streamer.state === inLine ? chunk.indexOf(lineFeed, at) + 1 : literalEnd;
      const piece = chunk.subarray(at, end || undefined);
      if (piece.length > 0) await usual(piece);
      at += piece.length;
    }
    if (unasked === 0) return;
    unasked = 0;
    const { mailbox } = client;
    if (mailbox) client.emit('flags', { path: mailbox.path, seq: 0, flags: new Set<string>() });
  };
}

/** Offers all lines to `take`, before anyone else, while something runs. */
export async function whileTaking<T>(client: ImapFlow, take: TakeLine, run: () => Promise<T>): Promise<T> {
  const takers = takersOf.get(client);
  takers?.push(take);
  try {
    return await run();
  } finally {
    takers?.splice(takers.indexOf(take), 1);
  }
}

/** Offers the whole lines from a place on until one is not taken; answers where that one begins. */
function takeFrom(chunk: Buffer, from: number, take: TakeLine): number {
  for (let at = from; ;) {
    const end = chunk.indexOf(lineFeed, at);
    if (end < 0 || end - at > maxLine) return at;
    const line = chunk.toString('latin1', at, chunk[end - 1] === 0x0d ? end - 1 : end);
    const literal = line.endsWith('}') ? literalBehind(chunk, end + 1, line) : null;
    if (!take(line, literal ?? undefined)) return at;
    at = end + 1 + (literal ? literal.length + closing.length : 0);
  }
}

const closing = Buffer.from(')\r\n');

/** The octets of the literal that a line ends with, where all of them are here and end the response. */
function literalBehind(chunk: Buffer, from: number, line: string): Buffer | null {
  const size = Number(/\{(\d{1,4})\}$/.exec(line)?.[1] ?? NaN);
  const end = from + size;
  if (!(end + closing.length <= chunk.length)) return null;
  return closing.equals(chunk.subarray(end, end + closing.length)) ? chunk.subarray(from, end) : null;
}

/** A command under way collects rows itself, and those that nobody asked for among them. */
function asksForRows(client: ImapFlow): boolean {
  const { currentRequest } = internalsOf(client);
  return Boolean(currentRequest && currentRequest.options?.untagged?.FETCH);
}

/** Flags, modseq and UID in any order and nothing else. */
function isFlagChange(line: string): boolean {
  return /^\* \d+ FETCH \((?:(?: ?)(?:UID \d+|FLAGS \([!-'*-~ ]*\)|MODSEQ \(\d+\)))+\)$/.test(line);
}

function isEmpty(list: unknown[]): boolean {
  return list.length === 0;
}
