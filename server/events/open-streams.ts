import 'server-only';
import { livingProcesses, ownProcess, tellOtherProcesses } from '#server/processes/links.ts';
import { giveBack } from '#server/processes/places.ts';
import { singleton } from '#server/singleton.ts';
import { deleteStreamRow, insertStreamRow } from '#server/store/process-rows.ts';
import type { StreamRow } from '#server/store/process-rows.ts';

/** Of one session: one per browser is enough. */
const perSession = 4;
/** Of one address, but for each session's first. */
const perAddress = 20;

/** What ends each of this process. */
const streams = singleton('open-streams', () => new Map<number, () => void>());

/**
 * Counts a change feed that was opened, and ends older ones when there are too many on all server processes. Beyond
 * the limit of an address every session keeps one stream: people of an office or a library share one address, and nobody may cut
 * off another. The returned function is called when the stream has ended.
 */
export function countStream(sessionId: string, address: string, end: () => void): () => void {
  const { id, open } = insertStreamRow({ process: ownProcess(), sessionId, address }, livingProcesses());
  streams.set(id, end);
  for (const surplus of surplusOf(sessionId, open)) {
    deleteStreamRow(surplus.id);
    if (surplus.process === ownProcess()) endStream(surplus.id);
    else tellOtherProcesses({ kind: 'end-stream', stream: surplus.id });
  }
  return () => {
    if (streams.delete(id)) giveBack(() => deleteStreamRow(id));
  };
}

/** Ends one of this process. */
export function endStream(id: number): void {
  streams.get(id)?.();
}

function surplusOf(sessionId: string, open: readonly StreamRow[]): StreamRow[] {
  const own = open.filter((one) => one.sessionId === sessionId);
  const surplus = own.slice(0, Math.max(0, own.length - perSession));
  const near = open.filter((one) => one.isNear && !surplus.includes(one));
  if (near.length <= perAddress) return surplus;
  const oneOfSeveral = near.find((one) => near.filter((other) => other.sessionId === one.sessionId).length > 1);
  return oneOfSeveral ? [...surplus, oneOfSeveral] : surplus;
}
