import { useTranslations } from 'use-intl';
import { Dialog } from '#components/ui/dialog.tsx';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import { useMailboxName } from './mailbox-name.ts';
import { DeleteForm } from './delete-form.tsx';
import { EmptyForm } from './empty-form.tsx';
import type { MailboxRequest } from './mailbox-request.ts';
import { MoveForm } from './move-form.tsx';
import { NameForm } from './name-form.tsx';

/** The dialogs that change the tree. Loaded when one is asked for. */
export function MailboxDialog({
  request,
  onClose,
  onPlaced,
  focusAfter,
}: {
  request: MailboxRequest;
  onClose: () => void;
  /** A mailbox is to be at this path now. */
  onPlaced?: (path: MailboxPath) => void;
  focusAfter?: () => HTMLElement | false | null;
}) {
  const t = useTranslations('mailboxes');
  const common = useTranslations('common');
  const nameOf = useMailboxName();
  const title =
    request.kind === 'create' ? t('newFolder') : t(`${request.kind}Title`, { name: nameOf(request.mailbox) });
  const onDone = (path?: MailboxPath) => {
    if (path !== undefined) onPlaced?.(path);
    onClose();
  };
  return (
    <Dialog narrow title={title} closeLabel={common('close')} onClose={onClose} focusAfter={focusAfter}>
      {request.kind === 'create' ? <NameForm parent={request.parent} onDone={onDone} /> : null}
      {request.kind === 'rename' ? <NameForm renamed={request.mailbox} onDone={onDone} /> : null}
      {request.kind === 'move' ? <MoveForm mailbox={request.mailbox} onDone={onDone} /> : null}
      {request.kind === 'delete' ? <DeleteForm mailbox={request.mailbox} onDone={onDone} /> : null}
      {request.kind === 'empty' ? <EmptyForm mailbox={request.mailbox} onDone={onDone} /> : null}
    </Dialog>
  );
}
