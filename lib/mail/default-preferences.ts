import type { Preferences } from './preferences.ts';

/** Labels of which something is remembered. */
export const maxLabels = 200;

/** Choices of folding that are remembered. */
export const maxFolds = 200;

/** Mailboxes whose messages are shown as conversations. */
export const maxConversationMailboxes = 500;

/** Entries of the palette whose use is counted. */
export const maxUses = 60;

/** Searches that are remembered. */
export const maxKeptSearches = { recent: 10, saved: 30 } as const;

/** Least and most of a pane's size in CSS pixels. */
export const paneLimits = { folders: [180, 360], list: [300, 640], listHeight: [140, 1200] } as const;

export const defaultPreferences: Preferences = {
  theme: 'system',
  density: 'comfortable',
  language: 'system',
  markReadAfter: 0,
  checkEvery: 0,
  body: 'html',
  darkMail: true,
  keySet: 'gmail',
  notifications: false,
  layout: 'beside',
  panes: { folders: 232, list: 400, listHeight: 360 },
  foldersAsIcons: false,
  swipeRight: 'archive',
  swipeLeft: 'delete',
  paletteUses: [],
  labels: [],
  showUnsubscribed: true,
  writeAs: 'html',
  archiveBy: 'none',
  undoSeconds: 10,
  wakesWhileAway: true,
  unfolded: [],
  blockedSenders: [],
  picturesFrom: [],
  conversations: [],
  quotaToldAt: 0,
  recentSearches: [],
  savedSearches: [],
};
