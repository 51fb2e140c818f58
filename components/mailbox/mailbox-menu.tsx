import { BellOff, BellPlus, Eraser, FolderInput, FolderPlus, MailOpen, Pencil, Trash2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { FloatingMenu, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import type { MenuPlace } from '#components/ui/menu.tsx';
import { useMailboxChange } from '#lib/client/mailbox/use-mailbox-change.ts';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import { whyFixed, whyNoneInside } from './mailbox-limits.ts';
import { useMailboxName } from './mailbox-name.ts';
import type { MailboxRequest } from './mailbox-request.ts';
import { useSweep } from './use-sweep.ts';

/** What can be done with a mailbox of the tree; what can't says why. Loaded when it is asked for. */
export function MailboxMenu({
  mailbox,
  canSweep,
  at,
  onAsk,
  onClose,
  focusAfter,
}: {
  mailbox: Mailbox;
  canSweep: boolean;
  at: MenuPlace;
  onAsk: (request: MailboxRequest) => void;
  onClose: () => void;
  focusAfter?: () => HTMLElement | false | null;
}) {
  const t = useTranslations('mailboxes');
  const name = useMailboxName()(mailbox);
  const change = useMailboxChange();
  const fixed = whyFixed(mailbox);
  const why = fixed ? { disabled: true, hint: t(fixed, { name }) } : {};
  const { markAllRead } = useSweep();
  const canEmpty = canSweep && (mailbox.role === 'trash' || mailbox.role === 'junk');
  const noneInside = whyNoneInside(mailbox);
  const { path, subscribed } = mailbox;
  return (
    <FloatingMenu at={at} label={t('actions', { name })} onClose={onClose} focusAfter={focusAfter}>
      {canSweep && mailbox.selectable ? (
        <MenuItem
          icon={MailOpen}
          {...(mailbox.counts?.unseen ? {} : { disabled: true, hint: t('whyAllRead', { name }) })}
          onSelect={() => markAllRead(mailbox)}
        >
          {t('markAllRead')}
        </MenuItem>
      ) : null}
      <MenuItem
        icon={FolderPlus}
        {...(noneInside ? { disabled: true, hint: t(noneInside, { name }) } : {})}
        onSelect={() => onAsk({ kind: 'create', parent: path })}
      >
        {t('newInside')}
      </MenuItem>
      <MenuItem icon={Pencil} hint="F2" {...why} onSelect={() => onAsk({ kind: 'rename', mailbox })}>
        {t('rename')}
      </MenuItem>
      <MenuItem icon={FolderInput} {...why} onSelect={() => onAsk({ kind: 'move', mailbox })}>
        {t('moveFolder')}
      </MenuItem>
      <MenuItem
        icon={subscribed ? BellOff : BellPlus}
        onSelect={() =>
          change(
            { type: 'subscribe', path, value: !subscribed },
            t(subscribed ? 'unsubscribed' : 'subscribed', { name }),
          )
        }
      >
        {subscribed ? t('unsubscribe') : t('subscribe')}
      </MenuItem>
      <MenuSeparator />
      {canEmpty ? (
        <MenuItem icon={Eraser} onSelect={() => onAsk({ kind: 'empty', mailbox })}>
          {t('emptyFolder')}
        </MenuItem>
      ) : null}
      <MenuItem icon={Trash2} hint={t('deleteKey')} {...why} onSelect={() => onAsk({ kind: 'delete', mailbox })}>
        {t('delete')}
      </MenuItem>
    </FloatingMenu>
  );
}
