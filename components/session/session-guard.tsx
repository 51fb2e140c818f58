import { useEffect, useLayoutEffect } from 'react';
import { watchActivity } from '#lib/client/session/activity.ts';
import { fetchJson, speakFor } from '#lib/client/fetch-json.ts';
import { forgetActs } from '#lib/client/acts/act-storage.ts';
import { isSessionOver } from '#lib/client/session/session-over.ts';
import { leaveForSignIn } from '#lib/client/session/sign-out.ts';
import { isMailError } from '#lib/errors.ts';
import { PublicGuard } from './public-guard.tsx';

export interface SignedIn {
  /** Names the account without telling it. */
  account: string;
  isPublic: boolean;
  /** Seconds without a person after which the session ends. */
  idleSeconds: number;
}

const tellEveryMs = 60_000;

/** On every page of somebody signed in: says that they are there, and shows nothing once the session is over. */
export function SessionGuard({ session }: { session: SignedIn }) {
  // Before anything on the page asks for anything.
  useLayoutEffect(() => speakFor(session.account), [session.account]);
  useEffect(() => {
    const hide = (event: PageTransitionEvent) => {
      if (event.persisted) void checkRestoredPage();
    };
    const tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('pipit');
    if (tabs) {
      tabs.onmessage = ({ data }: MessageEvent<{ type?: string }>) => {
        if (data.type !== 'signed-out') return;
        forgetActs();
        leaveForSignIn();
      };
    }
    window.addEventListener('pageshow', hide);
    return () => {
      window.removeEventListener('pageshow', hide);
      tabs?.close();
    };
  }, []);
  useEffect(() => (session.isPublic ? undefined : watchActivity({ tellEveryMs })), [session.isPublic]);
  return session.isPublic ? <PublicGuard idleSeconds={session.idleSeconds} /> : null;
}

/** A page out of the back/forward cache stands as it was left: it shows again only if its session still is. */
async function checkRestoredPage(): Promise<void> {
  document.documentElement.hidden = true;
  try {
    await fetchJson('/api/session');
    document.documentElement.hidden = false;
  } catch (error) {
    if (isMailError(error) && !isSessionOver(error.code)) window.location.reload();
    else leaveForSignIn();
  }
}
