/** Milliseconds in which the second key of a pair such as "g i" must follow. */
const sequenceMs = 1_200;

const prefixes: ReadonlySet<string> = new Set(['g', '*']);

export interface PressedKey {
  key: string;
  isShift: boolean;
  /** Ctrl, or Cmd on Apple's devices. */
  isMod: boolean;
}

/** Turns single keys into the names of the registry, pairs included. */
export function makeKeySequence(now: () => number = Date.now): (pressed: PressedKey) => string {
  let prefix = '';
  let at = 0;
  return ({ key, isShift, isMod }) => {
    const letter = key.length === 1 ? key.toLowerCase() : key;
    const name = `${isMod ? 'Mod+' : ''}${isShift && /^[a-z]$/.test(letter) ? 'Shift+' : ''}${letter}`;
    if (prefix && now() - at < sequenceMs) {
      const pair = `${prefix} ${name}`;
      prefix = '';
      return pair;
    }
    prefix = prefixes.has(name) ? name : '';
    at = now();
    return name;
  };
}
