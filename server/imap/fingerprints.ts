import 'server-only';
import type { ImapFlow } from 'imapflow';

/** A message with what stays the same when it is copied (RFC 9051 section 6.4.7: text, and where possible the date). */
export interface Fingerprint {
  uid: number;
  mark: string;
}

/** Reads the fingerprints of a range of UIDs in the selected mailbox, ascending. */
export async function readFingerprints(client: ImapFlow, range: string): Promise<Fingerprint[]> {
  const query = { uid: true, size: true, internalDate: true, envelope: true };
  const rows = await client.fetchAll(range, query, { uid: true });
  return rows
    .filter((row) => row.envelope !== undefined) // A bare flag change slipped in between.
    .map(({ uid, size, internalDate, envelope }) => ({
      uid,
      mark: `${size} ${new Date(internalDate ?? 0).toISOString()} ${envelope?.messageId ?? ''}`,
    }))
    .sort((a, b) => a.uid - b.uid);
}

/** Which copy is which message's; of equal ones the first is the first's. */
export function pairFingerprints(sources: readonly Fingerprint[], copies: readonly Fingerprint[]): [number, number][] {
  const free = Map.groupBy(copies, ({ mark }) => mark);
  return sources.flatMap(({ uid, mark }): [number, number][] => {
    const copy = free.get(mark)?.shift();
    return copy ? [[uid, copy.uid]] : [];
  });
}
