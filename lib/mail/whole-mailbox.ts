import type { Mailbox } from './mailbox.ts';
import type { UidRanges } from './task.ts';

/**
 * All that a mailbox holds at this moment: later mail has greater UIDs (RFC 9051 section 2.3.1.1). Null where nothing is in it, or
 * nobody counted yet.
 */
export function wholeMailbox({
  path,
  counts,
}: Pick<Mailbox, 'path' | 'counts'>): { ranges: UidRanges[]; count: number } | null {
  if (!counts || counts.messages === 0 || counts.uidNext < 2) return null;
  const { uidValidity, uidNext, messages } = counts;
  return { count: messages, ranges: [{ mailbox: path, uidValidity, uids: `1:${uidNext - 1}` }] };
}
