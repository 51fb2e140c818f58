import { MailError } from '#lib/errors.ts';
import { finishBeforeLeaving } from '#lib/client/session/before-leaving.ts';
import { makeStore, useStore } from './external-store.ts';
import { fetchJson } from './fetch-json.ts';

/**
 * How often it has to be said that this page is of an older build than the server: what it has not loaded yet may be
 * gone there. 0: it is not, as far as is known.
 */
const updateNotices = makeStore(0);

const own = typeof document === 'undefined' ? undefined : document.documentElement.dataset.build;

/** The build that the server told of last, where it is not this page's. */
let serversBuild: string | null = null;

export function useIsOutdated(): boolean {
  return useUpdateNotices() > 0;
}

export function useUpdateNotices(): number {
  return useStore(updateNotices, 0);
}

export function newerBuild(): string | null {
  return serversBuild;
}

/** What the server says it is. Null: it does not know. */
export function hearBuild(build: string | null): void {
  if (!build || !own || build === own) return;
  serversBuild = build;
  if (updateNotices.get() === 0) updateNotices.set(1);
}

/** Something failed because this page is of an older build: said once more, also if it was put away. */
export function sayOutdated(): void {
  updateNotices.set(updateNotices.get() + 1);
}

/** Asks the server which build it is, when something failed in a way that an older page would. Never throws. */
export async function lookForUpdate(): Promise<void> {
  if (updateNotices.get() > 0 || !navigator.onLine) return;
  try {
    hearBuild((await fetchJson<{ build: string | null }>('/healthz')).build);
  } catch {
    // Without a line nobody knows; the feed tells when it is back.
  }
}

/**
 * Brings code that somebody waits for. Throws a MailError: page-outdated where it is of an older build, else
 * server-unreachable.
 */
export async function bringCode<T>(bring: () => Promise<T>): Promise<T> {
  try {
    return await bring();
  } catch (cause) {
    await lookForUpdate();
    throw new MailError(updateNotices.get() > 0 ? 'page-outdated' : 'server-unreachable', { cause });
  }
}

/**
 * Loads the page again, once the server has the last words of what is being written here. Answers false, and stays, on
 * a shared computer where that cannot be: there nothing is kept over a page.
 */
export async function reloadPage(): Promise<boolean> {
  const isAllSaved = await finishBeforeLeaving();
  if (!isAllSaved && document.documentElement.dataset.public !== undefined) return false;
  window.location.reload();
  return true;
}
