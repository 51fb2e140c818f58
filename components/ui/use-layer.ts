import { createContext, useContext, useEffect, useRef } from 'react';

/** Opens a layer over the page, which the device's Back may close; answers what says that it closed by itself. */
export type OpenLayer = (close: () => void) => () => void;

/** How this page takes the device's Back; nothing happens where nobody provides it. */
export const LayerContext = createContext<OpenLayer>(() => () => {});

/** While it is open, the device's Back closes it instead of leaving the page, where that is how the device is used. */
export function useLayer(isOpen: boolean, close: () => void): void {
  const open = useContext(LayerContext);
  const latest = useRef(close);
  useEffect(() => {
    latest.current = close;
  });
  useEffect(() => {
    if (isOpen) return open(() => latest.current());
  }, [isOpen, open]);
}
