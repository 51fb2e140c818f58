import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import { findRenamed, followRename, leaveMailbox } from './follow-mailbox.ts';
import { keys } from '#lib/client/keys.ts';
import { showToast } from '#lib/client/toasts.ts';
import type { MailboxesData } from './use-mailboxes.ts';

/** What is deleted may be made again at once, by a restore or a sync; milliseconds. */
const patienceMs = 1_000;

/** Keeps the address true while other devices rename and delete mailboxes. Mounted once. */
export function useFollowMailbox(): void {
  const client = useQueryClient();
  const t = useTranslations('mailboxes');
  const before = useRef<readonly Mailbox[]>([]);
  const { data } = useQuery<MailboxesData>({ queryKey: keys.mailboxes, enabled: false });
  useEffect(() => {
    const now = data?.mailboxes;
    if (!now) return;
    const there = new Set(now.map(({ path }) => path));
    const gone = before.current.filter(({ path }) => !there.has(path));
    const lost: Mailbox[] = [];
    for (const mailbox of gone) {
      const heir = findRenamed(mailbox, before.current, now);
      if (heir === null) lost.push(mailbox);
      else followRename(client, mailbox, heir);
    }
    before.current = now;
    if (lost.length === 0) return;
    setTimeout(() => {
      const latest = client.getQueryData<MailboxesData>(keys.mailboxes)?.mailboxes ?? [];
      for (const mailbox of lost) {
        if (latest.some(({ path }) => path === mailbox.path) || !leaveMailbox(mailbox)) continue;
        showToast({ kind: 'info', text: t('goneElsewhere', { name: mailbox.name }) });
      }
    }, patienceMs);
  }, [data, client, t]);
}
