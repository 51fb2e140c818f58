import { loadOnce } from '#components/ui/load-once.ts';

/** What writing needs. The editor is larger than the rest of the page together. */
export const composerModule = loadOnce(() => import('./composer-window.tsx'));
