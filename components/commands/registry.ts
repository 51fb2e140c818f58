import { archive } from './archive.ts';
import { blockSender, unblockSender } from './block-sender.ts';
import { clearSelection } from './clear-selection.ts';
import { close } from './close.ts';
import type { Command } from './command.ts';
import { compose } from './compose.ts';
import { showConversations, showMessages } from './conversations.ts';
import { nextInConversation, previousInConversation } from './conversation-steps.ts';
import { copyTo } from './copy-to.ts';
import { deleteMessages } from './delete.ts';
import { goToCommands } from './go-to.ts';
import { labels } from './labels.ts';
import { markRead } from './mark-read.ts';
import { markUnread } from './mark-unread.ts';
import { moveTo } from './move-to.ts';
import { mute, unmute } from './mute.ts';
import { next } from './next.ts';
import { open } from './open.ts';
import { previous } from './previous.ts';
import { removeMarked } from './remove-marked.ts';
import { removeAttachments } from './remove-attachments.ts';
import { refresh } from './refresh.ts';
import { notSpam, reportSpam } from './report-spam.ts';
import { reportPhishing } from './report-phishing.ts';
import { search } from './search.ts';
import { editAsNew, editDraft, forward, forwardAttached, reply, replyAll, replyList, resend } from './respond.ts';
import { select } from './select.ts';
import { selectAll, selectNone, selectRead, selectUnread } from './select-some.ts';
import { showPalette } from './show-palette.ts';
import { showShortcuts } from './show-shortcuts.ts';
import { snooze } from './snooze.ts';
import { star } from './star.ts';
import { redo, undo } from './undo.ts';
import { unstar } from './unstar.ts';
import { unsubscribe } from './unsubscribe.ts';
import { wakeNow } from './wake-now.ts';
import { emptyMailbox, markAllRead } from './whole-mailbox.ts';

/** Every command there is, in the order of the help dialog. Keys, toolbar, menus, palette and help are made from it. */
export const commands: readonly Command[] = [
  compose,
  reply,
  replyAll,
  replyList,
  forward,
  forwardAttached,
  editAsNew,
  resend,
  editDraft,
  next,
  previous,
  nextInConversation,
  previousInConversation,
  open,
  close,
  archive,
  snooze,
  wakeNow,
  mute,
  unmute,
  deleteMessages,
  reportSpam,
  notSpam,
  reportPhishing,
  unsubscribe,
  blockSender,
  unblockSender,
  moveTo,
  copyTo,
  labels,
  removeAttachments,
  emptyMailbox,
  markRead,
  markUnread,
  markAllRead,
  star,
  unstar,
  undo,
  redo,
  select,
  selectAll,
  selectNone,
  selectRead,
  selectUnread,
  clearSelection,
  search,
  ...goToCommands,
  refresh,
  removeMarked,
  showConversations,
  showMessages,
  showPalette,
  showShortcuts,
];

/** What the toolbar offers, in this order. Commands that exclude each other share a place; the first that is shown stands there. */
export const toolbarPlaces: readonly (readonly Command[])[] = [
  [archive],
  [deleteMessages],
  [reportSpam, notSpam],
  [markRead, markUnread],
  [star, unstar],
  [wakeNow, snooze],
  [moveTo],
  [labels],
  [refresh],
];

/** How the list is shown; beside its name. */
export const listPlace: readonly Command[] = [showConversations, showMessages];

/** How a message is answered, in the same way. */
export const answerPlaces: readonly (readonly Command[])[] = [[reply, editDraft], [replyAll], [forward]];

/** What the open conversation's bar offers: for all of it that lies in this mailbox. */
export const conversationPlaces: readonly (readonly Command[])[] = [
  [archive],
  [deleteMessages],
  [reportSpam, notSpam],
  [markRead, markUnread],
  [wakeNow, snooze],
  [moveTo],
  [labels],
];

/** And what stands there without words. */
export const conversationMorePlaces: readonly (readonly Command[])[] = [[mute, unmute]];

/** What the open message's bar offers. */
export const messagePlaces: readonly (readonly Command[])[] = [...answerPlaces, ...conversationPlaces];

/** What the open message's menu begins with. */
export const messageMoreCommands: readonly Command[] = [
  replyList,
  forwardAttached,
  resend,
  editAsNew,
  removeAttachments,
  mute,
  unmute,
  unsubscribe,
  reportPhishing,
  blockSender,
  unblockSender,
];

/** And in a conversation, what else is done with one message. */
export const conversationMessageMore: readonly Command[] = [
  deleteMessages,
  archive,
  moveTo,
  labels,
  markUnread,
  markRead,
];

/** What a row offers under the mouse, where its date stood. */
export const hoverPlaces: readonly (readonly Command[])[] = [
  [archive],
  [deleteMessages],
  [markRead, markUnread],
  [snooze],
];

/** What the phone's bar begins, besides the inbox and the folders; and what stands in its menu. */
export const barCommands: readonly Command[] = [search, compose];
export const barMoreCommands: readonly Command[] = [refresh, showConversations, showMessages, showPalette];

/** What a row's context menu offers: to open it, and everything that can be done with messages. */
export const menuCommands: readonly Command[] = [
  open,
  ...commands.filter(({ group, id }) => group === 'act' || (group === 'write' && id !== 'compose')),
];
