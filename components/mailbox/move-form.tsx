import { useId, useState } from 'react';
import type { SubmitEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { useMailboxChange } from '#lib/client/mailbox/use-mailbox-change.ts';
import { useMailboxes } from '#lib/client/mailbox/use-mailboxes.ts';
import { checkMailboxName } from '#lib/mail/check-mailbox-name.ts';
import { childPath } from '#lib/mail/mailbox-path.ts';
import type { Mailbox, MailboxPath } from '#lib/mail/mailbox.ts';
import { ParentSelect } from './parent-select.tsx';

/** Another parent for a mailbox: the keyboard's way of dragging it there. */
export function MoveForm({ mailbox, onDone }: { mailbox: Mailbox; onDone: (path?: MailboxPath) => void }) {
  const t = useTranslations('mailboxes');
  const common = useTranslations('common');
  const { mailboxes } = useMailboxes();
  const change = useMailboxChange();
  const [parent, setParent] = useState(mailbox.parent);
  const id = useId();
  const { path, name } = mailbox;
  const isTaken = checkMailboxName(name, mailboxes, parent, path) === 'exists';

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    if (isTaken) return;
    if (parent !== mailbox.parent) change({ type: 'rename', path, parent, name }, t('moved', { name }));
    onDone(childPath(mailboxes, parent, name));
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-3" aria-describedby={isTaken ? id : undefined}>
      <ParentSelect value={parent} moved={mailbox} autoFocus onChange={setParent} />
      {isTaken ? (
        <p id={id} role="alert" className="text-meta text-danger">
          {t('exists')}
        </p>
      ) : null}
      <div className="mt-1 flex justify-end gap-2">
        <Button onClick={() => onDone()}>{common('cancel')}</Button>
        <Button type="submit" look="primary">
          {t('move')}
        </Button>
      </div>
    </form>
  );
}
