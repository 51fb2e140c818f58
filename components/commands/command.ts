import type { LucideIcon } from 'lucide-react';
import type { ListRow, MessageList } from '#lib/client/message-list/message-list.ts';
import type { MailSearch } from '#lib/client/search/mail-search.ts';
import type { Blocking } from '#lib/client/use-blocking.ts';
import type { SearchList } from '#lib/client/search/use-search-list.ts';
import type { Conversations } from '#lib/client/threads/use-conversations.ts';
import type { Selection } from '#lib/client/message-list/use-selection.ts';
import type { Messages } from '#lib/i18n/messages.ts';
import type { ArchiveBy } from '#lib/mail/archive-by.ts';
import type { MailChange } from '#lib/mail/change.ts';
import type { KeptDays } from '#lib/mail/kept-days.ts';
import type { Keyword } from '#lib/mail/keyword.ts';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import type { MailAct, UidRanges } from '#lib/mail/task.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import type { Undoable } from './use-undoable.ts';

/** What a command may know of a message it acts on: rows of the list have it, and so has an opened message. */
export type TargetMessage = Pick<ListRow, 'ref' | 'keywords' | 'from'>;

/** What a verb acts on. Made when it is looked at: a hundred thousand names are a lot. */
export interface Target {
  readonly count: number;
  /** Of the first of them; null where there is none. */
  readonly mailbox: string | null;
  /** Where they lie, each mailbox once. */
  readonly mailboxes: readonly string[];
  readonly messages: readonly MessageRef[];
  /** Those of them that are loaded. */
  readonly rows: readonly TargetMessage[];
  /** Whole conversations are meant, and not all of them is known yet: what the server finds below this UID goes along. Else null. */
  readonly restBelow: number | null;
  /** The same messages by ranges of UIDs, mailbox by mailbox. */
  ranges(): UidRanges[];
}

/** What a command may look at and use. */
export interface CommandContext {
  mailbox: string;
  mailboxes: readonly Mailbox[];
  /** The mailbox's list, or the results of the search that stands in the address. */
  list: MessageList;
  /** Null: the mailbox itself is looked at. */
  search: (MailSearch & SearchList) | null;
  selection: Selection;
  /** The open message, and its row's id; the id is null while the list does not hold it. */
  openRef: MessageRef | null;
  openId: number | null;
  /** Whether the mailbox is shown as conversations, and the switch. */
  conversations: Conversations;
  /**
   * What a verb acts on: the selection, else the focused row, else the open message; in a row's own menu that row, in the open
   * message's bar that message (see `aimedAt`).
   */
  target: Target;
  /** Does them as one act, says so, and can take it back. */
  change(...changes: MailChange[]): void;
  /**
   * The same to any number of messages, as a task of the server's that goes on when the page goes. `lacking`: only to those of them that
   * lack a keyword.
   */
  changeMany(act: MailAct, messages: UidRanges[], count: number, lacking?: Keyword): void;
  /** How what is archived is filed; null: it goes into the archive itself. */
  archiveBy: ArchiveBy | null;
  /** What may be done in the mailbox where it is somebody else's (use-rights.ts); null: all of it, or nobody said. */
  rights: string | null;
  undoable: Undoable;
  blocking: Blocking;
  /** Where phishing is reported to; null: nowhere. */
  phishingAddress: string | null;
  /** After how many days the mail server removes what lies in Trash and Spam. */
  keptDays: KeptDays;
  refresh(): void;
  showShortcuts(): void;
  showPalette(): void;
}

/** Where the help and the palette list it. */
export type CommandGroup = 'walk' | 'act' | 'write' | 'select' | 'go' | 'app';

/** A sentence that says why something can't be done here and now. */
export type WhyNot = Exclude<keyof Messages['whyNot'], 'inVain'>;

/** A verb of the product: one place for its name, icon, keys and work, shown alike in toolbar, menus, palette and help. */
export interface Command {
  /** Also the key of its name in the catalogue's `commands`. */
  id: keyof Messages['commands'];
  group: CommandGroup;
  icon: LucideIcon;
  /** Gmail's letters, in the form of the help dialog: "j", "Shift+i", "g i". The first is the one that is told. */
  keys: readonly string[];
  /** Fastmail's, where they are others. */
  fastmailKeys?: readonly string[];
  /** Whether it concerns this place at all: "Not spam" does in Spam only. What is not shown stands in no menu and no palette. */
  isShown(context: CommandContext): boolean;
  /** Null: it can be done now. Else why not; it is then drawn disabled, and its key tells the reason. */
  whyNot(context: CommandContext): WhyNot | null;
  /** Only called when it is shown and possible. */
  run(context: CommandContext): void;
}
