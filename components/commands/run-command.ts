import type { ListRow } from '#lib/client/message-list/message-list.ts';
import { targetOfListRows, targetOfRows } from './target.ts';
import type { Command, CommandContext, TargetMessage, WhyNot } from './command.ts';

/** Does it if it can be done; answers why not otherwise. */
export function runCommand(command: Command, context: CommandContext): WhyNot | null {
  const reason = command.whyNot(context);
  if (reason === null) command.run(context);
  return reason;
}

/** The context of a menu or bar that belongs to these messages, whatever else is selected or focused. */
export function aimedAt(context: CommandContext, rows: readonly TargetMessage[]): CommandContext {
  return { ...context, target: targetOfRows(rows) };
}

/** The same for rows of the list, with all messages that they stand for. */
export function aimedAtRows(context: CommandContext, rows: readonly ListRow[]): CommandContext {
  return { ...context, target: targetOfListRows(context.list, rows) };
}
