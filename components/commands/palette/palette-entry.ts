import type { LucideIcon } from 'lucide-react';

export type EntryGroup = 'commands' | 'mailboxes' | 'labels' | 'people' | 'settings';

/** Something that can be chosen in the palette. */
export interface PaletteEntry {
  /** Lasting: what was used is remembered by it. */
  id: string;
  group: EntryGroup;
  icon: LucideIcon;
  text: string;
  /** Said beside it, and searched too: the folder above, the section. */
  detail?: string;
  /** In the form of the registry. */
  keys?: string;
  whyNot?: string;
  run(): void;
}
