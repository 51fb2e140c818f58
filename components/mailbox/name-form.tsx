import { useId, useState } from 'react';
import type { SubmitEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { fieldLook } from '#components/ui/field-look.ts';
import { useMailboxChange } from '#lib/client/mailbox/use-mailbox-change.ts';
import { useMailboxes } from '#lib/client/mailbox/use-mailboxes.ts';
import { checkMailboxName, tidyMailboxName } from '#lib/mail/check-mailbox-name.ts';
import type { NameFault } from '#lib/mail/check-mailbox-name.ts';
import { childPath } from '#lib/mail/mailbox-path.ts';
import type { Mailbox, MailboxPath } from '#lib/mail/mailbox.ts';
import { ParentSelect } from './parent-select.tsx';

/** A name for a new mailbox below a parent, which can be chosen, or another name for one there is. */
export function NameForm({
  renamed = null,
  parent: firstParent = renamed?.parent ?? null,
  onDone,
}: {
  renamed?: Mailbox | null;
  parent?: MailboxPath | null;
  onDone: (path?: MailboxPath) => void;
}) {
  const t = useTranslations('mailboxes');
  const common = useTranslations('common');
  const { mailboxes } = useMailboxes();
  const change = useMailboxChange();
  const [text, setText] = useState(renamed?.name ?? '');
  const [parent, setParent] = useState(firstParent);
  const [fault, setFault] = useState<NameFault | null>(null);
  const id = useId();

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    const name = tidyMailboxName(text);
    const found = checkMailboxName(name, mailboxes, parent, renamed?.path ?? null);
    setFault(found);
    if (found) return;
    if (!renamed) change({ type: 'create', parent, name }, t('created', { name }));
    else if (name !== renamed.name)
      change({ type: 'rename', path: renamed.path, parent, name }, t('renamed', { name: renamed.name, to: name }));
    onDone(childPath(mailboxes, parent, name));
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <label className="flex flex-col gap-1 text-meta text-muted">
        {t('name')}
        <input
          className={fieldLook}
          value={text}
          autoFocus
          autoComplete="off"
          dir="auto"
          aria-invalid={fault !== null}
          aria-describedby={fault ? id : undefined}
          onFocus={(event) => event.target.select()}
          onChange={(event) => {
            setText(event.target.value);
            setFault(null);
          }}
        />
      </label>
      {fault ? (
        <p id={id} role="alert" className="text-meta text-danger">
          {t(fault, { delimiter: mailboxes[0]?.delimiter ?? '' })}
        </p>
      ) : null}
      {renamed ? null : (
        <ParentSelect
          value={parent}
          onChange={(chosen) => {
            setParent(chosen);
            setFault(null);
          }}
        />
      )}
      <div className="mt-1 flex justify-end gap-2">
        <Button onClick={() => onDone()}>{common('cancel')}</Button>
        <Button type="submit" look="primary">
          {renamed ? t('save') : t('create')}
        </Button>
      </div>
    </form>
  );
}
