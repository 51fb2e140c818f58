/** What is typed after the key that asks for the palette and before its field has the focus: it is for the palette, not for commands. */
let isAwaited = false;
let early: string[] = [];
let listener: ((key: string) => void) | null = null;

export function awaitPalette(): void {
  isAwaited = true;
  early = [];
}

/** It was put away before it came. */
export function awaitPaletteNoMore(): void {
  isAwaited = false;
  early = [];
}

/** True when the key (its `KeyboardEvent.key`) is the palette's. */
export function giveToPalette(key: string): boolean {
  if (!isAwaited) return false;
  if (listener) listener(key);
  else early.push(key);
  return true;
}

/**
 * Tells all that was typed so far, then each further key as it comes: none is lost between the two. The returned function is for when
 * the palette is gone.
 */
export function listenForEarlyKeys(listen: (key: string) => void): () => void {
  const before = early;
  early = [];
  listener = listen;
  for (const key of before) listen(key);
  return () => {
    listener = null;
    isAwaited = false;
  };
}
