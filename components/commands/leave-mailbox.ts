import { closeMessage, openMessage } from '#lib/client/location.ts';
import type { ListRow } from '#lib/client/message-list.ts';
import type { MailChange } from '#lib/mail/change.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import type { CommandContext } from './command.ts';
import { inChunks } from './in-chunks.ts';

/**
 * Does what takes messages out of the list, and goes on to the next older one that stays: the focus is there, and an open message
 * gives its place to it. Where list and message take turns on the screen, the list is shown.
 */
export function leaveMailbox(context: CommandContext, toChange: (messages: MessageRef[]) => MailChange): void {
  const { list, selection, target, openRef, openId, change } = context;
  const leaving = new Set(target.messages.map(nameOf));
  const from = selection.focusId ?? openId;
  const index = from === null ? null : list.indexOf(from);
  const next = index === null ? undefined : nextStaying(context, index, leaving);
  const isOpenLeaving = openRef !== null && leaving.has(nameOf(openRef));
  change(...inChunks(target.messages).map(toChange));
  if (selection.ids.size > 0) selection.clear();
  if (isOpenLeaving && next && isListVisible()) openMessage(next.ref);
  else if (isOpenLeaving) closeMessage();
  if (next) selection.setFocus(next.id, true);
}

/** The nearest row that stays: at or below a place in the list, else above it. */
function nextStaying({ list }: CommandContext, index: number, leaving: ReadonlySet<string>): ListRow | undefined {
  for (let below = index; below <= list.messages; below += 1) {
    const row = list.rowAt(below);
    if (!row) break;
    if (!leaving.has(nameOf(row.ref))) return row;
  }
  for (let above = index - 1; above >= 1; above -= 1) {
    const row = list.rowAt(above);
    if (row && !leaving.has(nameOf(row.ref))) return row;
  }
  return undefined;
}

function nameOf({ mailbox, uidValidity, uid }: MessageRef): string {
  return `${uidValidity} ${uid} ${mailbox}`;
}

function isListVisible(): boolean {
  return document.getElementById('messages')?.checkVisibility() ?? false;
}
