import type { Menu } from '@base-ui/react/menu';
import { createContext, useContext } from 'react';

/** What items are made of: an open menu brings it, for it is loaded with the menu. */
export const MenuParts = createContext<typeof Menu | null>(null);

export function useMenuParts(): typeof Menu {
  const parts = useContext(MenuParts);
  if (!parts) throw new Error('A menu item stands in a menu.');
  return parts;
}
