import { MailOpen, Mail, SquareCheck, SquareX } from 'lucide-react';
import type { ListRow } from '#lib/client/message-list/message-list.ts';
import type { Command, CommandContext } from './command.ts';
import { always, noMessages } from './reasons.ts';

function selectWhere({ list, selection }: CommandContext, wanted: (row: ListRow) => boolean): void {
  selection.select(
    list
      .loaded()
      .filter(wanted)
      .flatMap(({ id }) => list.idsOf(id)),
  );
}

export const selectAll: Command = {
  id: 'select-all',
  group: 'select',
  icon: SquareCheck,
  keys: ['* a'],
  isShown: always,
  whyNot: noMessages,
  run: (context) => selectWhere(context, () => true),
};

export const selectNone: Command = {
  id: 'select-none',
  group: 'select',
  icon: SquareX,
  keys: ['* n'],
  isShown: always,
  whyNot: noMessages,
  run: ({ selection }) => selection.clear(),
};

export const selectRead: Command = {
  id: 'select-read',
  group: 'select',
  icon: MailOpen,
  keys: ['* r'],
  isShown: always,
  whyNot: noMessages,
  run: (context) => selectWhere(context, ({ keywords }) => keywords.includes('$seen')),
};

export const selectUnread: Command = {
  id: 'select-unread',
  group: 'select',
  icon: Mail,
  keys: ['* u'],
  isShown: always,
  whyNot: noMessages,
  run: (context) => selectWhere(context, ({ keywords }) => !keywords.includes('$seen')),
};
