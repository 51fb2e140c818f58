import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { useMailboxName } from '#components/mailbox/mailbox-name.ts';
import { useMailboxes } from '#lib/client/mailbox/use-mailboxes.ts';

/** The tab says how much new mail waits and where the person is; on a shared computer only whose product it is. */
export function usePageTitle(path: string | null, isPublicComputer: boolean): void {
  const t = useTranslations('shell');
  const nameOf = useMailboxName();
  const { mailboxes } = useMailboxes();
  const mailbox = mailboxes.find((one) => one.path === path);
  const name = mailbox ? `${nameOf(mailbox)} · Pipit` : 'Pipit';
  const count = mailboxes.find(({ role }) => role === 'inbox')?.counts?.unseen ?? 0;
  const title = isPublicComputer ? 'Pipit' : count > 0 ? t('newMailTitle', { count, name }) : name;
  useEffect(() => {
    const set = () => {
      if (document.title !== title) document.title = title;
    };
    set();
    // Next brings the title that all pages have into the head at some time after this.
    const observer = new MutationObserver(set);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [title]);
}
