import { makeStore, useStore } from './external-store.ts';

export interface Toast {
  id: number;
  kind: 'info' | 'error';
  text: string;
  /** Of toasts with the same place only the newest is shown. */
  place?: string;
  /** Until it is closed. */
  lasts?: boolean;
  action?: { label: string; run: () => void };
  link?: { label: string; href: string };
}

const none: readonly Toast[] = [];
const toasts = makeStore<readonly Toast[]>(none);
let last = 0;

/** Milliseconds a toast stays: long enough to read and reach its button (at least 6 s with Undo). */
const stayMs = { info: 6_000, error: 10_000 };
const maxShown = 3;

/** `stay` is in milliseconds, where the usual time is not meant. */
export function showToast({ stay, ...toast }: Omit<Toast, 'id'> & { stay?: number }): void {
  last += 1;
  const shown = { ...toast, id: last };
  const others = toasts
    .get()
    .filter(({ text, place }) => text !== toast.text && (place === undefined || place !== toast.place));
  const all = [...others, shown];
  const newest = new Set(all.filter(({ lasts }) => !lasts).slice(-maxShown));
  toasts.set(all.filter((one) => one.lasts || newest.has(one)));
  if (!toast.lasts) setTimeout(() => dismissToast(shown.id), stay ?? stayMs[toast.kind]);
}

export function dismissToast(id: number): void {
  toasts.set(toasts.get().filter((toast) => toast.id !== id));
}

export function useToasts(): readonly Toast[] {
  return useStore(toasts, none);
}
