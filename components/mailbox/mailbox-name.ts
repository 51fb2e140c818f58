import { useTranslations } from 'use-intl';
import { visibleText } from '#lib/format/visible-text.ts';
import type { Mailbox } from '#lib/mail/mailbox.ts';

/** What people call a mailbox: special uses by their name in the person's language, others as they are. */
export function useMailboxName(): (mailbox: Pick<Mailbox, 'role' | 'name'>) => string {
  const t = useTranslations('mailbox');
  return ({ role, name }) => (role ? t(role) : visibleText(name) || name);
}
