import { useCallback, useState } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { lazyPart } from '#components/ui/lazy-part.tsx';
import type { MenuPlace } from '#components/ui/menu.tsx';
import { showToast } from '#lib/client/toasts.ts';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import { whyFixed } from './mailbox-limits.ts';
import { useMailboxName } from './mailbox-name.ts';
import type { MailboxRequest } from './mailbox-request.ts';

type Shown = { what: 'dialog'; request: MailboxRequest } | { what: 'menu'; mailbox: Mailbox; at: MenuPlace };

const MailboxDialog = lazyPart(async () => (await import('./mailbox-dialog.tsx')).MailboxDialog);
const MailboxMenu = lazyPart(async () => (await import('./mailbox-menu.tsx')).MailboxMenu);

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
  // What was chosen from the menu may have opened the dialog already.
  const closeMenu = useCallback(() => setShown((now) => (now?.what === 'menu' ? null : now)), []);

  /** Opens the dialog; where it is known that nothing can come of it, says why instead. */
  const ask = useCallback(
    (request: MailboxRequest) => {
      const isFixed = request.kind !== 'create' && request.kind !== 'empty';
      const why = isFixed ? whyFixed(request.mailbox) : null;
      if (isFixed && why) return showToast({ kind: 'info', text: t(why, { name: nameOf(request.mailbox) }) });
      setShown({ what: 'dialog', request });
    },
    [t, nameOf],
  );

  const openMenu = useCallback((mailbox: Mailbox, at: MenuPlace) => {
    setShown({ what: 'menu', mailbox, at });
  }, []);

  let open: ReactNode = null;
  if (shown?.what === 'dialog')
    open = <MailboxDialog request={shown.request} onClose={close} onPlaced={onPlaced} focusAfter={focusAfter} />;
  if (shown?.what === 'menu')
    open = (
      <MailboxMenu
        canSweep={canSweep}
        mailbox={shown.mailbox}
        at={shown.at}
        onAsk={ask}
        onClose={closeMenu}
        focusAfter={focusAfter}
      />
    );
  return { ask, openMenu, open, preload };
}

function preload(): void {
  for (const part of [MailboxDialog, MailboxMenu]) part.load().catch(() => {}); // Opening it tries again.
}
