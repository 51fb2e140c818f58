import { MailOpen, Mail, SquareCheck, SquareX } from 'lucide-react';
import type { MessageSummary } from '#lib/mail/message.ts';
import type { Command, CommandContext } from './command.ts';

function selectWhere({ list, selection }: CommandContext, wanted: (row: MessageSummary) => boolean): void {
  selection.select(
    list
      .loaded()
      .filter(wanted)
      .map(({ uid }) => uid),
  );
}

const hasRows = ({ list }: CommandContext) => list.messages > 0;

export const selectAll: Command = {
  id: 'select-all',
  icon: SquareCheck,
  keys: ['* a'],
  isShown: hasRows,
  run: (context) => selectWhere(context, () => true),
};

export const selectNone: Command = {
  id: 'select-none',
  icon: SquareX,
  keys: ['* n'],
  isShown: hasRows,
  run: ({ selection }) => selection.clear(),
};

export const selectRead: Command = {
  id: 'select-read',
  icon: MailOpen,
  keys: ['* r'],
  isShown: hasRows,
  run: (context) => selectWhere(context, ({ keywords }) => keywords.includes('$seen')),
};

export const selectUnread: Command = {
  id: 'select-unread',
  icon: Mail,
  keys: ['* u'],
  isShown: hasRows,
  run: (context) => selectWhere(context, ({ keywords }) => !keywords.includes('$seen')),
};
