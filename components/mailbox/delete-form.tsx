import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { useMailboxChange } from '#lib/client/mailbox/use-mailbox-change.ts';
import { useMailboxes } from '#lib/client/mailbox/use-mailboxes.ts';
import { isBelow } from '#lib/mail/mailbox-path.ts';
import type { Mailbox } from '#lib/mail/mailbox.ts';

/** Says what is inside and where it goes, and asks. What is empty just goes: nothing of it could be missed in the trash. */
export function DeleteForm({ mailbox, onDone }: { mailbox: Mailbox; onDone: () => void }) {
  const t = useTranslations('mailboxes');
  const common = useTranslations('common');
  const { mailboxes } = useMailboxes();
  const change = useMailboxChange();
  const { path, name } = mailbox;
  const inside = mailboxes.filter((other) => isBelow(mailbox, other.path));
  const messages = [mailbox, ...inside].reduce((sum, { counts }) => sum + (counts?.messages ?? 0), 0);
  const isEmpty = messages === 0 && inside.length === 0;
  const trash = mailboxes.find(({ role }) => role === 'trash');
  const isInTrash = trash !== undefined && isBelow(trash, path);
  const canTrash = !isEmpty && !isInTrash && trash?.canHoldMailboxes === true;

  function remove(how: 'to-trash' | 'for-good' | 'if-empty'): void {
    change({ type: 'delete', path, how }, t(how === 'to-trash' ? 'trashed' : 'deleted', { name }));
    onDone();
  }

  return (
    <div className="flex flex-col gap-4 text-list leading-normal">
      <p>
        {isEmpty ? t('holdsNothing') : t('holds', { messages, folders: inside.length })}{' '}
        {isEmpty ? '' : canTrash ? t('toTrashText') : isInTrash ? t('inTrashText') : t('noTrashText')}
        {canTrash ? <span className="mt-2 block text-meta text-muted">{t('forGoodText')}</span> : null}
      </p>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={() => onDone()}>{common('cancel')}</Button>
        {isEmpty ? null : (
          <Button look={canTrash ? 'plain' : 'danger'} onClick={() => remove('for-good')}>
            {t('forGood')}
          </Button>
        )}
        {canTrash ? (
          <Button look="primary" autoFocus onClick={() => remove('to-trash')}>
            {t('toTrash')}
          </Button>
        ) : null}
        {isEmpty ? (
          <Button look="primary" autoFocus onClick={() => remove('if-empty')}>
            {t('delete')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
