import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { useMailboxChange } from '#lib/client/mailbox/use-mailbox-change.ts';
import { useMailboxes } from '#lib/client/mailbox/use-mailboxes.ts';
import { isBelow } from '#lib/mail/mailbox-path.ts';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import { useMailboxName } from './mailbox-name.ts';
import { useSweep } from './use-sweep.ts';

/** Says what is in Trash or Spam, and asks once: all of it goes for good, the folders inside as well. */
export function EmptyForm({ mailbox, onDone }: { mailbox: Mailbox; onDone: () => void }) {
  const t = useTranslations('mailboxes');
  const common = useTranslations('common');
  const nameOf = useMailboxName();
  const { mailboxes } = useMailboxes();
  const change = useMailboxChange();
  const { destroyAll } = useSweep();
  const inside = mailboxes.filter((other) => isBelow(mailbox, other.path));
  const messages = [mailbox, ...inside].reduce((sum, { counts }) => sum + (counts?.messages ?? 0), 0);
  const isEmpty = messages === 0 && inside.length === 0;

  function empty(): void {
    for (const { path, name } of inside.filter(({ parent }) => parent === mailbox.path))
      change({ type: 'delete', path, how: 'for-good' }, t('deleted', { name }));
    destroyAll(mailbox);
    onDone();
  }

  return (
    <div className="flex flex-col gap-4 text-list leading-normal">
      <p>
        {isEmpty
          ? t('emptyAlready', { name: nameOf(mailbox) })
          : `${t('holds', { messages, folders: inside.length })} ${t('emptyText')}`}
      </p>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={() => onDone()}>{common(isEmpty ? 'close' : 'cancel')}</Button>
        {isEmpty ? null : (
          <Button look="danger" autoFocus onClick={empty}>
            {t('emptyFolder')}
          </Button>
        )}
      </div>
    </div>
  );
}
