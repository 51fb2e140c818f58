import { useTranslations } from 'use-intl';
import { fieldLook } from '#components/ui/field-look.ts';
import { useMailboxes } from '#lib/client/mailbox/use-mailboxes.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import { isBelow } from '#lib/mail/mailbox-path.ts';
import type { Mailbox, MailboxPath } from '#lib/mail/mailbox.ts';
import { useMailboxName } from './mailbox-name.ts';
import { toTreeNodes } from './tree-nodes.ts';

const everyOne = () => true;

/** Chooses the mailbox that holds another; never one that can hold none, and never `moved` itself or what is below it. */
export function ParentSelect({
  value,
  moved = null,
  autoFocus = false,
  onChange,
}: {
  value: MailboxPath | null;
  moved?: Mailbox | null;
  autoFocus?: boolean;
  onChange: (parent: MailboxPath | null) => void;
}) {
  const t = useTranslations('mailboxes');
  const { locale } = useFormat();
  const nameOf = useMailboxName();
  const { mailboxes } = useMailboxes();
  const possible = toTreeNodes(mailboxes, everyOne, nameOf, locale).filter(
    ({ mailbox: { path, canHoldMailboxes, isPending } }) =>
      canHoldMailboxes && !isPending && (!moved || (path !== moved.path && !isBelow(moved, path))),
  );
  return (
    <label className="flex flex-col gap-1 text-meta text-muted">
      {t('inside')}
      <select
        className={fieldLook}
        value={value ?? ''}
        autoFocus={autoFocus}
        onChange={(event) => onChange(event.target.value || null)}
      >
        <option value="">{t('top')}</option>
        {possible.map(({ mailbox, level }) => (
          <option key={mailbox.path} value={mailbox.path}>
            {`${'\u2003'.repeat(level - 1)}${nameOf(mailbox)}`}
          </option>
        ))}
      </select>
    </label>
  );
}
