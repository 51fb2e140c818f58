/** Milliseconds in which the second key of a pair such as "g i" must follow. */
const sequenceMs = 1_200;

const prefixes: ReadonlySet<string> = new Set(['g', '*']);

/** Turns single keys into the names of the registry, pairs included. */
export function makeKeySequence(now: () => number = Date.now): (key: string, shift: boolean) => string {
  let prefix = '';
  let at = 0;
  return (key, shift) => {
    const name = shift && /^[a-z]$/i.test(key) ? `Shift+${key.toLowerCase()}` : key.length === 1 ? key.toLowerCase() : key;
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
