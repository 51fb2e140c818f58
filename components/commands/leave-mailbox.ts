import { closeMessage, openMessage } from '#lib/client/location.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import type { CommandContext } from './command.ts';
import { atOnce } from './at-once.ts';
import { changeTarget } from './change-target.ts';
import type { AnyNumber } from './change-target.ts';

/**
 * Does what takes messages out of the list, and goes on to the next older one that stays: the focus is there, and an open message
 * gives its place to it. Where list and message take turns on the screen, the list is shown.
 */
export function leaveMailbox(context: CommandContext, toChange: (messages: MessageRef[]) => AnyNumber): void {
  const { list, selection, openRef, openId } = context;
  const leaving = leavingOf(context);
  const from = selection.focusId ?? openId;
  const index = from === null ? null : list.indexOf(from);
  const next = index === null ? undefined : nextStaying(context, index, leaving);
  const isOpenLeaving = openRef !== null && leaving(openRef, openId);
  changeTarget(context, toChange);
  if (selection.ids.size > 0) selection.clear();
  if (isOpenLeaving && next && isListVisible()) openMessage(next.ref);
  else if (isOpenLeaving) closeMessage();
  if (next) selection.setFocus(next.id, true);
}

type Leaving = (message: MessageRef, id: number | null) => boolean;

/** Thousands are not named one by one to be told from the others: they are the selection. */
function leavingOf({ target, selection }: CommandContext): Leaving {
  if (target.count > atOnce) return (_, id) => id !== null && selection.ids.has(id);
  const names = new Set(target.messages.map(nameOf));
  return (message) => names.has(nameOf(message));
}

/** The nearest row that stays: at or below a place in the list, else above it. A conversation stays with what is left of it. */
function nextStaying(
  { list }: CommandContext,
  index: number,
  leaving: Leaving,
): { id: number; ref: MessageRef } | undefined {
  const leftAt = (rowIndex: number) => {
    const row = list.rowAt(rowIndex);
    if (!row) return null;
    const id = list.idsOf(row.id).findLast((one) => {
      const ref = list.refOf(one);
      return ref && !leaving(ref, one);
    });
    const ref = id === undefined ? null : list.refOf(id);
    return id !== undefined && ref ? { id, ref } : undefined;
  };
  for (let below = index; below <= list.messages; below += 1) {
    const left = leftAt(below);
    if (left === null) break;
    if (left) return left;
  }
  for (let above = index - 1; above >= 1; above -= 1) {
    const left = leftAt(above);
    if (left) return left;
  }
  return undefined;
}

function nameOf({ mailbox, uidValidity, uid }: MessageRef): string {
  return `${uidValidity} ${uid} ${mailbox}`;
}

function isListVisible(): boolean {
  return document.getElementById('messages')?.checkVisibility() ?? false;
}
