import type { MailboxRole } from './mailbox.ts';

/** After how many days the mail server removes messages from Trash and Spam; null: the administrator says nothing of it. */
export interface KeptDays {
  trash: number | null;
  junk: number | null;
}

const dayMs = 24 * 3600_000;

export function keptDaysOf(days: KeptDays, role: MailboxRole | null): number | null {
  return role === 'trash' || role === 'junk' ? days[role] : null;
}

/** When the server removes what was put there at `savedAt`; both ISO 8601. */
export function removedAt(savedAt: string, days: number): string {
  return new Date(Date.parse(savedAt) + days * dayMs).toISOString();
}
