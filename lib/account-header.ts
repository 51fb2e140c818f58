/** Names the account that a page was made for, percent-encoded; the cookie may be another's by now. */
export const accountHeader = 'pipit-account';
