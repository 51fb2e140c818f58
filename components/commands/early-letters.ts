import { openComposers } from '#lib/client/compose/composers.ts';

/**
 * What is typed after the key that opens a composer and before one of its fields has the focus: it is for the message, not for commands.
 */
let awaited: { key: string; until: number; letters: string[] } | null = null;

/** Milliseconds after which nobody waits for the composer any longer. */
const patienceMs = 10_000;

/** The composer that was opened or brought forward last; null where none is open. */
export function newestComposer(): { key: string; turn: number } | null {
  return openComposers().reduce<{ key: string; turn: number } | null>(
    (newest, one) => (newest && newest.turn > one.turn ? newest : one),
    null,
  );
}

export function awaitComposer(key: string, now = Date.now()): void {
  awaited = { key, until: now + patienceMs, letters: [] };
}

/** True when the key (its `KeyboardEvent.key`) is for the composer that is coming. */
export function giveToComposer(key: string, now = Date.now()): boolean {
  if (!awaited || now > awaited.until || !openComposers().some((one) => one.key === awaited?.key)) awaited = null;
  if (!awaited || (key.length > 1 && key !== 'Backspace')) return false;
  if (key === 'Backspace') awaited.letters.pop();
  else awaited.letters.push(key);
  return true;
}

/** Writes it where the focus came to, as if it were typed there. */
export function takeEarlyLetters(field: Element | null): void {
  if (!awaited || !field?.closest('[role=dialog]')?.contains(document.activeElement)) return;
  if (!field.matches('input, textarea, [contenteditable=true]')) return;
  const text = awaited.letters.join('');
  awaited = null;
  // The only way to write that every editor takes for typing, and undoes as such.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing has come in its place
  if (text) document.execCommand('insertText', false, text);
}
