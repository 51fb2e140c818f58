export type MailFilter = typeof import('./mail-filter.ts');

let loaded: MailFilter | null = null;
let loading: Promise<MailFilter> | null = null;

/**
 * Loads the filter for HTML mail, once; a failed load is tried again by the next call. Not through Suspense: React holds
 * back what stood in a fallback for 300 ms.
 */
export function loadFilter(): Promise<MailFilter> {
  loading ??= import('./mail-filter.ts').then(
    (module) => (loaded = module),
    (error: unknown) => {
      loading = null;
      throw error;
    },
  );
  return loading;
}

/** The filter if it is there already. */
export function loadedFilter(): MailFilter | null {
  return loaded;
}
