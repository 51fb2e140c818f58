/**
 * Makes a long-lived thing once per process. Next loads a module up to three times, so module state would exist as often;
 * this is the only user of globalThis.
 */
export function singleton<T>(name: string, make: () => T): T {
  const holder = globalThis as typeof globalThis & { pipitSingletons?: Map<string, unknown> };
  holder.pipitSingletons ??= new Map();
  if (!holder.pipitSingletons.has(name)) holder.pipitSingletons.set(name, make());
  return holder.pipitSingletons.get(name) as T; // True: a name is made in one place only.
}
