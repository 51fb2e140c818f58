import 'server-only';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { runOutside } from '#server/outside-requests.ts';
import { singleton } from '#server/singleton.ts';
import type { ImapSession } from './sessions.ts';
import { watchMailboxes } from './watch.ts';
import type { Poke, Watch } from './watch.ts';
import { watchTiming } from './watch-timing.ts';

interface Shared {
  watch: Watch;
  /** Each with the pace it wants. */
  listeners: Map<(poke: Poke) => void, number | null>;
  state: Extract<Poke, { kind: 'state' }> | null;
}

const watches = singleton('shared-watches', () => new Map<string, Shared>());

/**
 * One watch connection for all of a person's sessions in this process: a server allows few, and they would all hear the
 * same. It ends with its last listener. Without NOTIFY the mailbox that was looked at last is the one IDLE listens to, and
 * the others are looked at as often as the most eager wants.
 */
export function shareWatch(session: ImapSession, onPoke: (poke: Poke) => void): Watch {
  const key = session.credentialKey();
  const shared = watches.get(key) ?? start(key, session);
  shared.listeners.set(onPoke, watchTiming.pollMs);
  if (shared.state) onPoke(shared.state);
  return {
    setFocus: (path: MailboxPath) => shared.watch.setFocus(path),
    setPace(paceMs) {
      shared.listeners.set(onPoke, paceMs);
      shared.watch.setPace(fastest(shared.listeners.values()));
    },
    look: () => shared.watch.look(),
    doubt: () => shared.watch.doubt(),
    renew: () => shared.watch.renew(),
    stop() {
      shared.listeners.delete(onPoke);
      if (shared.listeners.size > 0) return shared.watch.setPace(fastest(shared.listeners.values()));
      if (watches.get(key) === shared) watches.delete(key);
      shared.watch.stop();
    },
  };
}

function start(key: string, session: ImapSession): Shared {
  const lane = session.makeWatchLane();
  const listeners: Shared['listeners'] = new Map();
  const tell = (poke: Poke) => {
    if (poke.kind === 'state') shared.state = poke;
    for (const listener of [...listeners.keys()]) listener(poke);
  };
  const watch = runOutside(() => watchMailboxes(lane, tell));
  const shared: Shared = {
    watch: {
      ...watch,
      stop() {
        watch.stop();
        void lane.close();
      },
    },
    listeners,
    state: null,
  };
  watches.set(key, shared);
  return shared;
}

function fastest(paces: Iterable<number | null>): number | null {
  const some = [...paces].filter((pace) => pace !== null);
  return some.length > 0 ? Math.min(...some) : null;
}
