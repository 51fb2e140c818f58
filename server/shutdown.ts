import { singleton } from './singleton.ts';

const hooks = singleton('shutdown-hooks', () => new Map<string, () => Promise<void> | void>());

/** Registers what must end before the process does; a name registered again replaces its hook. */
export function onShutdown(name: string, hook: () => Promise<void> | void): void {
  hooks.set(name, hook);
}

/** Runs all hooks side by side; one that fails does not keep the others from ending. */
export async function runShutdownHooks(): Promise<void> {
  await Promise.allSettled([...hooks.values()].map(async (hook) => hook()));
}
