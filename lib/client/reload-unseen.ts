import { acts } from './acts/act-store.ts';
import { hasUnsentBulks } from './bulk/run-bulk.ts';
import { openComposers } from './compose/composers.ts';
import { newerBuild } from './updated.ts';

/** Not all hidden pages at once, nor one that is looked at again in a moment. Milliseconds. */
const soonestMs = 10_000;
const latestMs = 70_000;
/**
 * Names the build that this tab was loaded again for: servers of two builds side by side are no reason to go on so for
 * ever.
 */
const triedKey = 'pipit-updated';

/**
 * Loads a page of an older build again while nobody looks at it and nothing on it would be lost. Not on a shared
 * computer, where nothing is kept over a page. The returned function ends it.
 */
export function reloadUnseen(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  function look(): void {
    clearTimeout(timer);
    if (document.visibilityState === 'hidden')
      timer = setTimeout(reload, soonestMs + Math.random() * (latestMs - soonestMs));
  }
  document.addEventListener('visibilitychange', look);
  look();
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', look);
  };
}

function reload(): void {
  if (document.visibilityState !== 'hidden' || !navigator.onLine || !isNothingLost()) return;
  const build = newerBuild();
  if (!build || sessionStorage.getItem(triedKey) === build) return;
  sessionStorage.setItem(triedKey, build);
  window.location.reload();
}

function isNothingLost(): boolean {
  if (!window.location.pathname.startsWith('/mail/')) return false;
  if (document.documentElement.dataset.public !== undefined) return false;
  if (openComposers().length > 0 || acts.get().items.length > 0 || hasUnsentBulks()) return false;
  // Something is open over the mail, chosen in the list, or typed into a field.
  if (document.querySelector('[role=dialog], [role=alertdialog], [role=menu], #messages [aria-selected=true]'))
    return false;
  return [...document.querySelectorAll<HTMLInputElement>('input[type=search]')].every(
    (field) => field !== document.activeElement,
  );
}
