import 'server-only';
import type { SessionEnd } from '#lib/mail/event.ts';
import { singleton } from '#server/singleton.ts';

type Listener = (sessionId: string, why: SessionEnd) => void;

const listeners = singleton('session-ended', () => new Map<string, Listener>());

/** Registers who must let go when a session ends; a name registered again replaces its listener. */
export function onSessionEnded(name: string, listener: Listener): void {
  listeners.set(name, listener);
}

export function tellSessionEnded(sessionId: string, why: SessionEnd = 'ended'): void {
  for (const listener of listeners.values()) listener(sessionId, why);
}
