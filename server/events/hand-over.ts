import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { singleton } from '#server/singleton.ts';

/** An answer that goes on for as long as somebody reads it. */
export interface Line {
  write(text: string): void;
  end(): void;
  /** Called once, when nobody reads any longer. */
  onClosed(listener: () => void): void;
}

type Begin = (line: Line) => void;

const ticketHeader = 'x-pipit-hand-over';
/** Null until a server is there that takes answers over (start.ts); `next dev` has none. */
const handOvers = singleton('hand-overs', () => ({ isServed: false, waiting: new Map<string, Begin>() }));

/** Answers by a line that `begin` writes to. `signal` aborts when nobody reads any longer. */
export function answerByLine(begin: Begin, headers: Readonly<Record<string, string>>, signal: AbortSignal): Response {
  if (!handOvers.isServed) return new Response(toStream(begin, signal), { headers });
  const ticket = randomUUID();
  handOvers.waiting.set(ticket, begin);
  // Whoever is gone already never comes to the head of the answer.
  signal.addEventListener('abort', () => handOvers.waiting.delete(ticket), { once: true });
  return new Response(null, { headers: { ...headers, [ticketHeader]: ticket } });
}

/**
 * Lets Next answer, and takes the line over when it says that the answer is at its end. All that Next keeps for an answer under way, its
 * promises, streams and the request's context, would else be kept for each open page as long as it is open.
 */
export function takeOver(response: ServerResponse): void {
  handOvers.isServed = true;
  const { writeHead, end } = response;
  let begin: Begin | undefined;
  response.writeHead = ((...head: Parameters<typeof writeHead>) => {
    const ticket = response.getHeader(ticketHeader);
    if (typeof ticket === 'string') {
      response.removeHeader(ticketHeader);
      begin = handOvers.waiting.get(ticket);
      handOvers.waiting.delete(ticket);
    }
    return writeHead.apply(response, head);
  }) as typeof writeHead;
  response.end = ((...last: Parameters<typeof end>) => {
    if (!response.headersSent) response.writeHead(response.statusCode);
    Object.assign(response, { writeHead, end });
    if (!begin) return end.apply(response, last);
    response.flushHeaders();
    begin(lineOf(response));
    begin = undefined;
    return response;
  }) as typeof end;
}

function lineOf(response: ServerResponse): Line {
  return {
    write: (text) => void response.write(text),
    end: () => void response.end(),
    onClosed: (listener) => void response.once('close', listener),
  };
}

function toStream(begin: Begin, signal: AbortSignal): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let close = () => {};
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const listeners: (() => void)[] = [];
      let isClosed = false;
      close = () => {
        if (isClosed) return;
        isClosed = true;
        for (const listener of listeners) listener();
      };
      signal.addEventListener('abort', close, { once: true });
      begin({
        write: (text) => {
          if (!isClosed) controller.enqueue(encoder.encode(text));
        },
        end: () => {
          if (!isClosed) controller.close();
          close();
        },
        onClosed: (listener) => void listeners.push(listener),
      });
    },
    cancel: () => close(),
  });
}
