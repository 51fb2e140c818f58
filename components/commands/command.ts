import type { LucideIcon } from 'lucide-react';
import type { MessageList } from '#lib/client/use-message-list.ts';
import type { Selection } from '#lib/client/use-selection.ts';
import type { Messages } from '#lib/i18n/messages.ts';
import type { MailChange } from '#lib/mail/change.ts';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import type { MessageSummary } from '#lib/mail/message.ts';

/** What a command may look at and use. */
export interface CommandContext {
  mailbox: string;
  mailboxes: readonly Mailbox[];
  list: MessageList;
  selection: Selection;
  openUid: number | null;
  /** What a verb acts on: the selection, else the focused row, else the open message. */
  target: { uids: readonly number[]; rows: readonly MessageSummary[] };
  change(change: MailChange): void;
  refresh(): void;
  showShortcuts(): void;
}

/** A verb of the product: one place for its name, icon, keys and work, shown alike in toolbar, menus and help. */
export interface Command {
  /** Also the key of its name in the catalogue's `commands`. */
  id: keyof Messages['commands'];
  icon: LucideIcon;
  /** In the form of the help dialog: "j", "Shift+i", "g i". */
  keys: readonly string[];
  isShown(context: CommandContext): boolean;
  run(context: CommandContext): void;
}
