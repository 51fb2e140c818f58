/** Names the account that a page was made for, by the hash that all it has is stored under; the cookie may be another's by now. */
export const accountHeader = 'pipit-account';
