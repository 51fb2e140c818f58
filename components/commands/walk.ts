import { openMessage } from '#lib/client/location.ts';
import type { CommandContext } from './command.ts';

/** Goes to the row `step` below (or above) the focused one; with a message open, opens that one. */
export function walk({ list, selection, openId }: CommandContext, step: 1 | -1): void {
  const from = selection.focusId ?? openId;
  const index = from === null ? null : list.indexOf(from);
  const wanted = index === null ? 1 : index + step;
  if (wanted < 1 || wanted > list.messages) return;
  list.show(wanted, wanted);
  const next = list.rowAt(wanted);
  if (!next) return; // Asked for; the next press has it.
  selection.setFocus(next.id, true);
  if (openId !== null) openMessage(next.ref);
}
