import { FolderPlus, MoreHorizontal } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { fieldLook } from '#components/ui/field-look.ts';
import { Icon } from '#components/ui/icon.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { ErrorNotice } from '#components/errors/error-notice.tsx';
import { useMailboxChange } from '#lib/client/mailbox/use-mailbox-change.ts';
import { useMailboxes } from '#lib/client/mailbox/use-mailboxes.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import { choosableRoles } from '#lib/mail/choosable-roles.ts';
import type { ChoosableRole } from '#lib/mail/choosable-roles.ts';
import { useMailboxName } from './mailbox-name.ts';
import { toTreeNodes } from './tree-nodes.ts';
import { useMailboxActs } from './use-mailbox-acts.tsx';

const everyOne = () => true;

/** All folders of the account with what can be done with them, and which of them is used for what. */
export function FoldersSettings() {
  const t = useTranslations('mailboxes');
  const { locale } = useFormat();
  const nameOf = useMailboxName();
  const { mailboxes, error, retry } = useMailboxes();
  const change = useMailboxChange();
  const acts = useMailboxActs();
  if (error && mailboxes.length === 0) return <ErrorNotice error={error} onRetry={retry} />;
  const nodes = toTreeNodes(mailboxes, everyOne, nameOf, locale);
  return (
    <>
      <h2 className="mb-1 text-list font-semibold">{t('uses')}</h2>
      <p className="mb-3 text-meta leading-normal text-muted">{t('usesLead')}</p>
      <div className="mb-7 grid gap-3 two:grid-cols-2">
        {choosableRoles.map((role) => (
          <RoleSelect key={role} role={role} />
        ))}
      </div>
      <div className="mb-2 flex items-center justify-between gap-2">
        <h2 className="text-list font-semibold">{t('all')}</h2>
        <Button onClick={() => acts.ask({ kind: 'create', parent: null })}>
          <Icon of={FolderPlus} size={16} />
          {t('newFolder')}
        </Button>
      </div>
      <ul aria-label={t('all')}>
        {nodes.map(({ mailbox, level }) => {
          const name = nameOf(mailbox);
          const { path, subscribed, isPending } = mailbox;
          return (
            <li
              key={path}
              data-mailbox={path}
              aria-busy={isPending}
              className={`flex min-h-9 items-center gap-3 border-b border-line pointer-coarse:min-h-11 ${isPending ? 'italic opacity-70' : ''}`}
              style={{ paddingInlineStart: (level - 1) * 18 }}
            >
              <span dir="auto" className="min-w-0 flex-1 truncate text-list">
                {name}
              </span>
              <label className="flex items-center gap-2 text-meta text-muted pointer-coarse:min-h-11">
                <input
                  type="checkbox"
                  className="size-4 accent-accent"
                  aria-label={t('subscribedTo', { name })}
                  checked={subscribed}
                  onChange={() =>
                    change(
                      { type: 'subscribe', path, value: !subscribed },
                      t(subscribed ? 'unsubscribed' : 'subscribed', { name }),
                    )
                  }
                />
                {t('isSubscribed')}
              </label>
              <IconButton
                icon={MoreHorizontal}
                label={t('actions', { name })}
                onClick={(event) => acts.openMenu(mailbox, event.currentTarget)}
              />
            </li>
          );
        })}
      </ul>
      {acts.open}
    </>
  );
}

/** Which folder is used for something; the choice is kept for the account, and on the server where that can be. */
function RoleSelect({ role }: { role: ChoosableRole }) {
  const t = useTranslations('mailboxes');
  const names = useTranslations('mailbox');
  const { locale } = useFormat();
  const nameOf = useMailboxName();
  const { mailboxes } = useMailboxes();
  const change = useMailboxChange();
  const current = mailboxes.find((mailbox) => mailbox.role === role)?.path ?? '';
  const possible = toTreeNodes(mailboxes, everyOne, nameOf, locale).filter(
    ({ mailbox }) => mailbox.selectable && mailbox.role !== 'inbox' && !mailbox.isPending,
  );
  return (
    <label className="flex flex-col gap-1 text-meta text-muted">
      {names(role)}
      <select
        className={fieldLook}
        value={current}
        onChange={({ target }) => {
          const chosen = mailboxes.find(({ path }) => path === target.value);
          const said = chosen ? t('roleSet', { name: chosen.name, role: names(role) }) : t('roleUnset');
          change({ type: 'set-role', role, path: chosen?.path ?? null }, said);
        }}
      >
        <option value="">{t('asServer')}</option>
        {possible.map(({ mailbox, level }) => (
          <option key={mailbox.path} value={mailbox.path}>
            {`${'\u2003'.repeat(level - 1)}${mailbox.role === role ? mailbox.name : nameOf(mailbox)}`}
          </option>
        ))}
      </select>
    </label>
  );
}
