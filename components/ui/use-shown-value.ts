import { useState } from 'react';

/**
 * What a field shows: the choice in the very event that makes it, while it is carried out, and then whatever is true. Answers the value
 * and the function that takes a choice with the work it leads to.
 */
export function useShownValue<T>(value: T, carryOut: (chosen: T) => Promise<void>): [T, (chosen: T) => Promise<void>] {
  const [state, setState] = useState({ value, shown: value });
  if (state.value !== value) setState({ value, shown: value });
  async function choose(shown: T): Promise<void> {
    setState({ value, shown });
    await carryOut(shown);
    setState((now) => ({ ...now, shown: now.value }));
  }
  return [state.value === value ? state.shown : value, choose];
}
