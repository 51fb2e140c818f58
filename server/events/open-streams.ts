import 'server-only';
import { singleton } from '#server/singleton.ts';

interface OpenStream {
  sessionId: string;
  /** What the client is counted by (auth/client-address.ts). */
  address: string;
  end: () => void;
}

/** Of one session: one per browser is enough. */
const perSession = 4;
/** Of one address, but for each session's first. */
const perAddress = 20;

/** In the order they were opened. */
const streams = singleton('open-streams', () => new Set<OpenStream>());

/**
 * Counts a change feed that was opened, and ends older ones when there are too many (security.md 2.3). Beyond the limit of an address every
 * session keeps one stream: people of an office or a library share one address, and nobody may cut off another. The returned
 * function is called when the stream has ended.
 */
export function countStream(sessionId: string, address: string, end: () => void): () => void {
  const stream = { sessionId, address, end };
  streams.add(stream);
  const own = [...streams].filter((one) => one.sessionId === sessionId);
  if (own.length > perSession) own[0]?.end();
  const near = [...streams].filter((one) => one.address === address);
  if (near.length > perAddress) near.find((one) => isOneOfSeveral(one, near))?.end();
  return () => void streams.delete(stream);
}

function isOneOfSeveral({ sessionId }: OpenStream, among: readonly OpenStream[]): boolean {
  return among.filter((one) => one.sessionId === sessionId).length > 1;
}
