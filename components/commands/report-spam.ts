import { ShieldAlert, ShieldCheck } from 'lucide-react';
import type { Command } from './command.ts';
import { leaveMailbox } from './leave-mailbox.ts';
import { mailboxWith, roleHere } from './mailbox-roles.ts';
import { nothingOrRefused, toMove } from './reasons.ts';

/** The keywords that mail filters learn from (IANA's registry of IMAP keywords). */
const spam = [
  { keyword: '$NotJunk', value: false },
  { keyword: '$Junk', value: true },
];

export const reportSpam: Command = {
  id: 'report-spam',
  group: 'act',
  icon: ShieldAlert,
  keys: ['!'],
  isShown: (context) => !['junk', 'drafts', 'sent'].includes(roleHere(context) ?? ''),
  whyNot: nothingOrRefused(toMove),
  run: (context) => {
    const known = mailboxWith('junk', context);
    const target = known ? { to: known.path } : { to: 'Junk', as: 'junk' as const };
    leaveMailbox(context, (messages) => ({ type: 'move', messages, ...target, keywords: spam }));
  },
};

export const notSpam: Command = {
  id: 'not-spam',
  group: 'act',
  icon: ShieldCheck,
  keys: ['!'],
  isShown: (context) => roleHere(context) === 'junk',
  whyNot: nothingOrRefused(toMove),
  run: (context) => {
    const back = spam.map(({ keyword, value }) => ({ keyword, value: !value }));
    const keywords = [...back, { keyword: '$Phishing', value: false }];
    leaveMailbox(context, (messages) => ({ type: 'move', messages, to: 'INBOX', keywords }));
  },
};
