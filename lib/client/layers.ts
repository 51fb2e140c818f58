/**
 * What lies over the page on a phone: Back closes the topmost, as in an app, and does not leave the page. Under each lies an entry of the
 * browser's history with the address of the page. Invariant: `placed` entries of ours are the last of the history before a step of
 * ours begins; while one is under way (`leaving`), everything else waits for it.
 */
interface Layer {
  close: () => void;
  isPlaced: boolean;
}

const phone = '(max-width: 699px)';

const layers: Layer[] = [];
let placed = 0;
let leaving: (() => void)[] | null = null;

/** Opens a layer; the returned function says that it closed by itself. Where there is more than one pane Back is for pages only. */
export function openLayer(close: () => void): () => void {
  if (!window.matchMedia(phone).matches) return () => {};
  const layer: Layer = { close, isPlaced: false };
  layers.push(layer);
  whenSettled(() => {
    if (!layers.includes(layer)) return;
    placed += 1;
    layer.isPlaced = true;
    window.history.pushState({ layer: placed }, '');
  });
  return () => {
    const index = layers.indexOf(layer);
    if (index < 0) return; // Back closed it.
    layers.splice(index, 1);
    whenSettled(() => {
      if (layer.isPlaced && placed > layers.filter(({ isPlaced }) => isPlaced).length) leave(1, []);
    });
  };
}

/** Goes somewhere by the History API, past what lies over the page: Back then leads from there to where the person was. */
export function goPastLayers(how: 'pushState' | 'replaceState', href: string): void {
  if (placed === 0 && !leaving) return window.history[how](null, '', href);
  // The address is the new one at once; the entry that it belongs to is reached a moment later.
  window.history.replaceState(window.history.state, '', href);
  const go = () => window.history[how](null, '', href);
  if (leaving) leaving.push(go);
  else leave(placed, [go]);
}

/** Loads another page of ours. A step of the history that is under way would keep it from coming: it waits for that. */
export function goToPage(href: string): void {
  const go = () => window.location.assign(href);
  if (leaving) leaving.push(go);
  else if (placed > 0) leave(placed, [go]);
  else go();
}

function whenSettled(run: () => void): void {
  if (leaving) leaving.push(run);
  else run();
}

function leave(entries: number, then: (() => void)[]): void {
  leaving = then;
  placed -= entries;
  if (placed === 0) for (const layer of layers) layer.isPlaced = false;
  window.history.go(-entries);
}

function onBack(event: PopStateEvent): void {
  if (leaving) {
    const then = leaving;
    leaving = null;
    event.stopImmediatePropagation(); // The page is the same as before: nobody has to follow.
    for (const [index, run] of then.entries()) {
      run();
      // What it began goes first.
      if (leaving) return void (leaving as (() => void)[]).push(...then.slice(index + 1));
    }
    return;
  }
  const state = event.state as { layer?: number } | null; // Ours, or Next's without it.
  const left = state?.layer ?? 0;
  if (placed <= left) return;
  event.stopImmediatePropagation();
  placed = left;
  while (layers.length > left) layers.pop()?.close();
}

// Before all that follow the address: this is loaded with the first of them.
if (typeof window !== 'undefined') {
  window.addEventListener('popstate', onBack);
  goBackToPage();
}

/** Loaded again with something open, the page has it no longer: Back is not to need a step for each entry of it. */
function goBackToPage(): void {
  const state = window.history.state as { layer?: number } | null; // Ours, or Next's without it.
  if (!state?.layer) return;
  placed = state.layer;
  leave(placed, []);
}
