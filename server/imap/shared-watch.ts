import 'server-only';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { singleton } from '#server/singleton.ts';
import type { ImapSession } from './sessions.ts';
import { watchMailboxes } from './watch.ts';
import type { Poke, Watch } from './watch.ts';

interface Shared {
  watch: Watch;
  listeners: Set<(poke: Poke) => void>;
  state: Extract<Poke, { kind: 'state' }> | null;
}

const watches = singleton('shared-watches', () => new Map<string, Shared>());

/**
 * One watch connection for all of a person's sessions in this process: a server allows few, and they would all hear the
 * same. It ends with its last listener. Without NOTIFY the mailbox that was looked at last is the one IDLE listens to.
 */
export function shareWatch(session: ImapSession, onPoke: (poke: Poke) => void): Watch {
  const key = session.credentialKey();
  const shared = watches.get(key) ?? start(key, session);
  shared.listeners.add(onPoke);
  if (shared.state) onPoke(shared.state);
  return {
    setFocus: (path: MailboxPath) => shared.watch.setFocus(path),
    stop() {
      shared.listeners.delete(onPoke);
      if (shared.listeners.size > 0) return;
      if (watches.get(key) === shared) watches.delete(key);
      shared.watch.stop();
    },
  };
}

function start(key: string, session: ImapSession): Shared {
  const lane = session.makeWatchLane();
  const listeners = new Set<(poke: Poke) => void>();
  const tell = (poke: Poke) => {
    if (poke.kind === 'state') shared.state = poke;
    for (const listener of [...listeners]) listener(poke);
  };
  const watch = watchMailboxes(lane, tell);
  const shared: Shared = {
    watch: {
      setFocus: watch.setFocus,
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
