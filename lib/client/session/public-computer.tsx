'use client';

import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';

const PublicComputer = createContext(false);

/** Whether this is a shared or public computer, on which nothing may stay. */
export function useIsPublicComputer(): boolean {
  return useContext(PublicComputer);
}

export function PublicComputerProvider({ value, children }: { value: boolean; children: ReactNode }) {
  return <PublicComputer value={value}>{children}</PublicComputer>;
}
