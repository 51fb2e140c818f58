import { useContext } from 'react';
import type { ComponentType } from 'react';
import { loadOnce, useLoaded, WaitingContext } from './load-once.ts';

/** A component whose code comes when it is drawn first, or before with `load`. */
type LazyPart<P> = ComponentType<P> & { load(): Promise<unknown> };

/**
 * Makes one of what `bring` answers. Until that is there it says that it is waited for, and it comes by itself once the
 * line is back: in place of React.lazy, which by itself keeps a failure for ever and takes the page with it.
 */
export function lazyPart<P extends object>(bring: () => Promise<ComponentType<P>>): LazyPart<P> {
  const loader = loadOnce(bring);
  function Part(props: P) {
    const Shown = useLoaded(loader);
    return Shown ? <Shown {...props} /> : <PartWaits onClose={closeOf(props)} />;
  }
  return Object.assign(Part, { load: loader.load });
}

/** Stands in the place of what is on its way. */
export function PartWaits({ onClose }: { onClose?: (() => void) | undefined }) {
  const { Words } = useContext(WaitingContext);
  return <Words onClose={onClose} />;
}

function closeOf(props: object): (() => void) | undefined {
  return 'onClose' in props ? (props.onClose as () => void) : undefined; // Of that name all parts have the same.
}
