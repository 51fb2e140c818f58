import { openComposer } from './composers.ts';
import type { DraftKeeper } from './kept-drafts.ts';

/** The name under which the tab that writes a draft holds it (Web Locks). */
const lockOf = (id: string) => `pipit-draft-${id}`;

/** Opens again what was open when the browser or the tab ended, but for what another tab is writing. */
export async function restoreComposers(keeper: DraftKeeper): Promise<void> {
  const open = (await keeper.list()).filter(({ shape }) => shape !== null).sort((a, b) => a.keptAt - b.keptAt);
  if (open.length === 0) return;
  const held = new Set((await navigator.locks?.query())?.held?.map(({ name }) => name));
  for (const { id, shape } of open) {
    if (shape && !held.has(lockOf(id))) openComposer({ type: 'id', id }, shape);
  }
}

/** Tells other tabs that this one writes the draft; the returned function lets it go. */
export function holdDraft(id: string): () => void {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  navigator.locks?.request(lockOf(id), { ifAvailable: true }, () => held).catch(() => {});
  return release;
}
