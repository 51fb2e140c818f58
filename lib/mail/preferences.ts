import { z } from 'zod';
import { mailboxPathSchema } from './mailbox.ts';
import { maxFolds } from './default-preferences.ts';

/** What a person chose; kept in the store per account (host, port, user), never in the browser. */
export const preferencesSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['comfortable', 'compact']),
  /** BCP 47; "system" follows the browser. */
  language: z.enum(['system', 'en', 'de', 'ar']),
  /** Seconds an opened message stays unread; null: only by hand. */
  markReadAfter: z.union([z.literal(0), z.literal(2), z.literal(5), z.null()]),
  body: z.enum(['html', 'plain']),
  /** Draw simple HTML mail dark in the dark theme. */
  darkMail: z.boolean(),
  /** Which letters run commands: Gmail's, Fastmail's, or none. */
  keySet: z.enum(['gmail', 'fastmail', 'off']),
  notifications: z.boolean(),
  /** Mailboxes folded (false) or unfolded (true) by hand, oldest choice first. */
  unfolded: z.array(z.tuple([mailboxPathSchema, z.boolean()])).max(maxFolds),
});

export type Preferences = z.infer<typeof preferencesSchema>;

export type KeySet = Preferences['keySet'];
