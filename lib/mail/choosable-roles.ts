/** Special uses a person may give a mailbox (RFC 6154); the others are views that only a server can make. */
export const choosableRoles = ['drafts', 'sent', 'archive', 'snoozed', 'junk', 'trash'] as const;

export type ChoosableRole = (typeof choosableRoles)[number];
