import { useCallback, useState } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { MenuPlace } from '#components/ui/menu.tsx';
import { showToast } from '#lib/client/toasts.ts';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import { whyFixed } from './mailbox-limits.ts';
import type { MailboxDialog } from './mailbox-dialog.tsx';
import type { MailboxMenu } from './mailbox-menu.tsx';
import { useMailboxName } from './mailbox-name.ts';
import type { MailboxRequest } from './mailbox-request.ts';

type Shown =
  | { what: 'dialog'; Dialog: typeof MailboxDialog; request: MailboxRequest }
  | { what: 'menu'; Menu: typeof MailboxMenu; mailbox: Mailbox; at: MenuPlace };

const loadDialog = () => import('./mailbox-dialog.tsx');
const loadMenu = () => import('./mailbox-menu.tsx');

/**
 * Dialogs and menu that act on mailboxes: `ask` for one, `openMenu` at a place, and draw `open`. Their code comes when
 * it is first wanted, or before with `preload`. `canSweep`: what becomes of acts on all its messages is shown here.
 * `focusAfter` is where the keyboard goes on, `onPlaced` hears where a mailbox is to be.
 */
export function useMailboxActs({
  focusAfter,
  onPlaced,
  canSweep = false,
}: { canSweep?: boolean } & Pick<ComponentProps<typeof MailboxDialog>, 'focusAfter' | 'onPlaced'> = {}) {
  const t = useTranslations('mailboxes');
  const nameOf = useMailboxName();
  const [shown, setShown] = useState<Shown | null>(null);
  const close = useCallback(() => setShown(null), []);

  /** Opens the dialog; where it is known that nothing can come of it, says why instead. */
  const ask = useCallback(
    (request: MailboxRequest) => {
      const isFixed = request.kind !== 'create' && request.kind !== 'empty';
      const why = isFixed ? whyFixed(request.mailbox) : null;
      if (isFixed && why) return showToast({ kind: 'info', text: t(why, { name: nameOf(request.mailbox) }) });
      void loadDialog().then(({ MailboxDialog: Dialog }) => setShown({ what: 'dialog', Dialog, request }));
    },
    [t, nameOf],
  );

  const openMenu = useCallback((mailbox: Mailbox, at: MenuPlace) => {
    void loadMenu().then(({ MailboxMenu: Menu }) => setShown({ what: 'menu', Menu, mailbox, at }));
  }, []);

  let open: ReactNode = null;
  if (shown?.what === 'dialog')
    open = <shown.Dialog request={shown.request} onClose={close} onPlaced={onPlaced} focusAfter={focusAfter} />;
  if (shown?.what === 'menu')
    open = (
      <shown.Menu
        canSweep={canSweep}
        mailbox={shown.mailbox}
        at={shown.at}
        onAsk={ask}
        onClose={close}
        focusAfter={focusAfter}
      />
    );
  return { ask, openMenu, open, preload };
}

function preload(): void {
  void loadDialog();
  void loadMenu();
}
