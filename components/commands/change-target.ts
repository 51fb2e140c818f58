import type { MailChange } from '#lib/mail/change.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import type { MailAct } from '#lib/mail/task.ts';
import { atOnce } from './at-once.ts';
import type { CommandContext } from './command.ts';

/** What can be done to any number of messages. */
export type AnyNumber = Exclude<MailChange, { type: 'remove-attachments' }>;

/** Does something to all messages a command acts on, however many; where they are conversations, to all of these in their mailbox. */
export function changeTarget(
  { target, change, changeMany }: CommandContext,
  toChange: (messages: MessageRef[]) => AnyNumber,
): void {
  if (target.count === 0) return;
  // Those of a whole mailbox are not named one by one.
  const isNamed = target.count <= atOnce && target.messages.length > 0;
  if (isNamed) return change(withRest(toChange([...target.messages]), target.restBelow));
  changeMany(actOf(toChange([])), target.ranges(), target.count);
}

/** What the server finds to belong to them goes along. What is destroyed was counted first: no more than that. */
function withRest(change: AnyNumber, below: number | null): AnyNumber {
  return below === null || change.type === 'destroy' ? change : { conversations: { below }, ...change };
}

function actOf(change: AnyNumber): MailAct {
  switch (change.type) {
    case 'set-keyword':
      return { type: change.type, keyword: change.keyword, value: change.value };
    case 'move':
      return {
        type: change.type,
        to: change.to,
        ...(change.as ? { as: change.as } : {}),
        ...(change.keywords ? { keywords: change.keywords } : {}),
        ...(change.by ? { by: change.by } : {}),
      };
    case 'copy':
      return { type: change.type, to: change.to };
    case 'destroy':
      return { type: change.type };
  }
}
