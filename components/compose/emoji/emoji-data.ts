import { loadOnce } from '#components/ui/load-once.ts';

export interface Emoji {
  unicode: string;
  label: string;
  /** Words it is found by, lower case, a space before each. */
  words: string;
}

/** Of Unicode, in its order (emojibase): without the parts that are no emoji by themselves. */
export const emojiGroups = [
  'smileys',
  'people',
  'animals',
  'food',
  'travel',
  'activities',
  'objects',
  'symbols',
  'flags',
] as const;

export type EmojiGroup = (typeof emojiGroups)[number];

/** emojibase's number of each group; 2 are skin tones and hair. */
const numbers: Readonly<Record<number, EmojiGroup>> = {
  0: 'smileys',
  1: 'people',
  3: 'animals',
  4: 'food',
  5: 'travel',
  6: 'activities',
  7: 'objects',
  8: 'symbols',
  9: 'flags',
};

type Entry = { unicode: string; label: string; tags?: string[]; group?: number };

/** In the person's language where there is one; from our own server, when somebody wants them first. */
const english = loadOnce(async () => toGroups((await import('emojibase-data/en/compact.json')).default));
const german = loadOnce(async () => toGroups((await import('emojibase-data/de/compact.json')).default));

export function emojiOf(locale: string) {
  return locale.startsWith('de') ? german : english;
}

function toGroups(entries: readonly Entry[]): ReadonlyMap<EmojiGroup, readonly Emoji[]> {
  const groups = new Map<EmojiGroup, Emoji[]>(emojiGroups.map((group) => [group, []]));
  for (const { unicode, label, tags = [], group } of entries) {
    const name = group === undefined ? undefined : numbers[group];
    if (name) groups.get(name)?.push({ unicode, label, words: ['', label, ...tags].join(' ').toLocaleLowerCase() });
  }
  return groups;
}
