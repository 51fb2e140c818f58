/** What an HTML mail needs and the list does not: the filter, and the public suffix list for judging links. */
export { sanitizeMail } from './sanitize-mail.ts';
export { getDomain } from 'tldts';
