import { createContext, useContext } from 'react';

/**
 * Where the editor finds the picture that a `cid:` names: an address on our own origin or of the browser's memory; null
 * while there is none.
 */
export const PictureAddresses = createContext<(contentId: string) => string | null>(() => null);

export function usePictureAddress(src: string | null): string | null {
  const addressOf = useContext(PictureAddresses);
  if (!src) return null;
  if (/^cid:/i.test(src)) return addressOf(src.slice(4));
  return /^data:image\//i.test(src) ? src : null;
}
