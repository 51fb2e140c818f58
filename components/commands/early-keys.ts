/** What is typed after the key that asks for the palette and before its field has the focus: it is for the palette, not for commands. */
let isAwaited = false;
let early = { text: '', isChosen: false };
let listener: ((text: string) => void) | null = null;

export function awaitPalette(): void {
  isAwaited = true;
  early = { text: '', isChosen: false };
}

/** True when the key is the palette's. */
export function giveToPalette(key: string): boolean {
  if (!isAwaited) return false;
  const text = key.length === 1 ? key : '';
  if (listener) listener(text);
  else early = { text: early.text + text, isChosen: early.isChosen || key === 'Enter' };
  return true;
}

export function earlyKeys(): { text: string; isChosen: boolean } {
  return early;
}

/** From now on they are told one by one. The returned function is for when the palette is gone. */
export function listenForEarlyKeys(listen: (text: string) => void): () => void {
  listener = listen;
  return () => {
    listener = null;
    isAwaited = false;
  };
}
