import type { Identity } from '#lib/mail/identity.ts';
import { sanitizeToHtml } from './sanitize-for-editor.ts';

/** The line that parts a letter from its signature, in plain text and HTML alike (RFC 3676 section 4.3). */
const signatureMark = '-- ';

/** An identity's signature as it stands in a letter: a block that begins with the mark; nothing where there is none. */
export function signatureHtml(identity: Identity | undefined): string {
  if (!identity?.signature.trim()) return '';
  return `<p></p><div><p>${signatureMark}</p>${sanitizeToHtml(identity.signature)}</div>`;
}

/** Whether a block of HTML is a signature: its first line is the mark. */
export function isSignature(element: Element): boolean {
  return element.firstElementChild?.textContent?.replace(/\u00a0/g, ' ').trimEnd() === signatureMark.trimEnd();
}
