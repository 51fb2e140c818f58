import 'server-only';
import type { MailEvent } from '#lib/mail/event.ts';
import type { SyncToken } from '#lib/mail/sync-token.ts';

/** Facts of one pull: they travel and are applied together. */
export interface EventFrame {
  token: SyncToken | null;
  events: MailEvent[];
}

/** Headers of an event stream that no proxy may hold back, change or keep (HTML Living Standard, section 9.2). */
export const eventStreamHeaders: Readonly<Record<string, string>> = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'private, no-store, no-cache, no-transform',
  'X-Accel-Buffering': 'no',
  'X-Content-Type-Options': 'nosniff',
};

/** One frame on the wire: `data:` is a JSON array of facts, which has no line breaks of its own. */
export function encodeFrame(frame: EventFrame): string {
  return `${frame.token ? `id: ${frame.token}\n` : ''}data: ${JSON.stringify(frame.events)}\n\n`;
}

/** Keeps proxies open and tells the browser's watchdog that the line lives; a comment would be invisible to EventSource. */
export const encodedPing = 'event: ping\ndata: \n\n';
