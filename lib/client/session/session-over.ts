import type { MailErrorCode } from '#lib/errors.ts';
import { renewed } from './renewal.ts';
import { leaveForSignIn } from './sign-out.ts';

let holders = 0;

/**
 * Something is written here that must not go with the page: a session that runs out is asked for in place. The returned
 * function lets go.
 */
export function holdPage(): () => void {
  holders += 1;
  let isHeld = true;
  return () => {
    if (isHeld) holders -= 1;
    isHeld = false;
  };
}

/** Whether an answer says that this page has no session any more. */
export function isSessionOver(code: MailErrorCode): code is 'not-signed-in' | 'other-account' {
  return code === 'not-signed-in' || code === 'other-account';
}

/**
 * The session ran out, or the browser's is somebody else's by now. Leaves for the sign-in page; a page that is held
 * stays, covered, and this resolves once its person has signed in again. Who signed out has left already (sign-out.ts).
 */
export function sessionOver(code: 'not-signed-in' | 'other-account'): Promise<void> {
  if (holders > 0) return renewed(code === 'other-account' ? code : 'session');
  leaveForSignIn();
  return new Promise(() => {});
}
