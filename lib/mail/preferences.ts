import { z } from 'zod';
import { mailboxPathSchema } from './mailbox.ts';
import { maxBlocked } from './blocked.ts';
import { maxPicturesFrom } from './pictures-from.ts';
import {
  maxConversationMailboxes,
  maxFolds,
  maxKeptSearches,
  maxLabels,
  maxUses,
  paneLimits,
} from './default-preferences.ts';
import { keywordSchema } from './keyword.ts';
import { labelColours } from './label.ts';

const swipeActSchema = z.enum(['archive', 'delete', 'read', 'star', 'move', 'nothing']);

const searchText = z.string().min(1).max(1_000);

/** An address whose mail goes to Spam, in lower case, and since when (ISO 8601). */
const blockedSenderSchema = z.object({ address: z.string().min(3).max(400), since: z.iso.datetime() });

export type BlockedSender = z.infer<typeof blockedSenderSchema>;

export type SwipeAct = z.infer<typeof swipeActSchema>;

/** What a person chose; kept in the store per account (host, port, user), never in the browser. */
export const preferencesSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['comfortable', 'compact']),
  /** BCP 47; "system" follows the browser. */
  language: z.enum(['system', 'en', 'de', 'ar']),
  /** Seconds an opened message stays unread; null: only by hand. */
  markReadAfter: z.union([z.literal(0), z.literal(2), z.literal(5), z.null()]),
  /** How often to look for what the mail server does not tell by itself: at once (every few seconds), or minutes; null: only by hand. */
  checkEvery: z.union([z.literal(0), z.literal(1), z.literal(5), z.literal(15), z.null()]),
  body: z.enum(['html', 'plain']),
  /** Draw simple HTML mail dark in the dark theme. */
  darkMail: z.boolean(),
  /** Which letters run commands: Gmail's, Fastmail's, or none. */
  keySet: z.enum(['gmail', 'fastmail', 'off']),
  notifications: z.boolean(),
  /** Where the open message stands: beside the list, in its place, or below it. */
  layout: z.enum(['beside', 'instead', 'below']),
  /** Sizes of the panes in CSS pixels. */
  panes: z.object({
    folders: z.int().min(paneLimits.folders[0]).max(paneLimits.folders[1]),
    list: z.int().min(paneLimits.list[0]).max(paneLimits.list[1]),
    listHeight: z.int().min(paneLimits.listHeight[0]).max(paneLimits.listHeight[1]),
  }),
  /** The pane of folders shows their icons only. */
  foldersAsIcons: z.boolean(),
  /** What a finger drawn across a row does, by where it goes. */
  swipeRight: swipeActSchema,
  swipeLeft: swipeActSchema,
  /** What was chosen in the palette and how often, the latest last. */
  paletteUses: z.array(z.tuple([z.string().max(1_100), z.int().min(1).max(999)])).max(maxUses),
  /** Labels that were made or given a colour; a name only where the keyword is not to say it. */
  labels: z
    .array(
      z.object({
        keyword: keywordSchema,
        name: z.string().min(1).max(100).nullable(),
        colour: z
          .int()
          .min(0)
          .max(labelColours - 1)
          .nullable(),
      }),
    )
    .max(maxLabels),
  /** Folders that are not subscribed show in the tree as well. */
  showUnsubscribed: z.boolean(),
  /** Whether new messages are written with formatting. */
  writeAs: z.enum(['html', 'plain']),
  /** Whether what is archived goes into the archive itself, or into mailboxes below it (archive-by.ts). */
  archiveBy: z.enum(['none', 'year', 'month']),
  /** Seconds in which sending can be undone; 0: at once. */
  undoSeconds: z.union([z.literal(0), z.literal(5), z.literal(10), z.literal(20), z.literal(30)]),
  /** Snoozed messages come back also while nobody is signed in: the password is kept for it, sealed. */
  wakesWhileAway: z.boolean(),
  /** Mailboxes folded (false) or unfolded (true) by hand, oldest choice first. */
  unfolded: z.array(z.tuple([mailboxPathSchema, z.boolean()])).max(maxFolds),
  /** Addresses whose mail goes to Spam, the latest last. */
  blockedSenders: z.array(blockedSenderSchema).max(maxBlocked),
  /** Whose pictures are loaded without asking: addresses, or "@" and a domain, in lower case; the latest last. */
  picturesFrom: z.array(z.string().min(3).max(401)).max(maxPicturesFrom),
  /** Mailboxes that are shown as conversations, the oldest choice first. */
  conversations: z.array(mailboxPathSchema).max(maxConversationMailboxes),
  /** Up to where the warning of a full account was read, in percent. */
  quotaToldAt: z.union([z.literal(0), z.literal(80), z.literal(95)]),
  /** Queries as they were typed, the newest first; on a shared computer none is added or shown. */
  recentSearches: z.array(searchText).max(maxKeptSearches.recent),
  savedSearches: z.array(searchText).max(maxKeptSearches.saved),
});

/** Only what was chosen: what another device chose meanwhile stays. */
export const preferencesChangeSchema = preferencesSchema.partial().strict();

export type Preferences = z.infer<typeof preferencesSchema>;

export type PreferencesChange = z.infer<typeof preferencesChangeSchema>;

export type KeySet = Preferences['keySet'];
