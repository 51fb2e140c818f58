import 'server-only';
import { singleton } from '#server/singleton.ts';

const listeners = singleton('session-ended', () => new Map<string, (sessionId: string) => void>());

/** Registers who must let go when a session ends; a name registered again replaces its listener. */
export function onSessionEnded(name: string, listener: (sessionId: string) => void): void {
  listeners.set(name, listener);
}

export function tellSessionEnded(sessionId: string): void {
  for (const listener of listeners.values()) listener(sessionId);
}
