import { loadOnce } from '#components/ui/load-once.ts';

export type MailFilter = typeof import('./mail-filter.ts');

/** The filter for HTML mail. */
export const mailFilter = loadOnce<MailFilter>(() => import('./mail-filter.ts'));
