import type { AnyChange, MailChange } from './change.ts';

export function isMailChange(change: AnyChange): change is MailChange {
  return 'messages' in change;
}
