export const sections = [
  'reading',
  'writing',
  'appearance',
  'notifications',
  'folders',
  'labels',
  'storage',
  'keyboard',
  'touch',
  'sessions',
] as const;

export type Section = (typeof sections)[number];

export function isSection(text: string): text is Section {
  return (sections as readonly string[]).includes(text);
}
