import type { Editor } from '@tiptap/react';
import { useCallback, useId, useState } from 'react';
import type { ReactNode, SubmitEvent } from 'react';
import { useTranslations } from 'use-intl';
import { FormatToolbar } from '#components/compose/editor/format-toolbar.tsx';
import { LinkDialog } from '#components/compose/editor/link-dialog.tsx';
import { RichEditor } from '#components/compose/editor/rich-editor.tsx';
import { toSentBody } from '#components/compose/editor/to-sent-html.ts';
import { useMailboxName } from '#components/mailbox/mailbox-name.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { useMailboxes } from '#lib/client/use-mailboxes.ts';
import type { Identity } from '#lib/mail/identity.ts';
import { isDeliverable } from '#lib/mail/is-deliverable.ts';

const input =
  'mt-1 block h-10 w-full rounded-md border border-line-strong bg-surface px-3 text-list text-ink disabled:text-muted pointer-coarse:h-11';

/** One identity: name, address, where answers go, signature, and where what it sends is filed. */
export function IdentityDialog({
  identity,
  isAddressFixed,
  onClose,
  onSave,
}: {
  identity: Identity;
  isAddressFixed: boolean;
  onClose: () => void;
  onSave: (identity: Identity) => Promise<void>;
}) {
  const t = useTranslations('settings');
  const common = useTranslations('common');
  const { mailboxes } = useMailboxes();
  const nameOf = useMailboxName();
  const [wanted, setWanted] = useState(identity);
  const [replyTo, setReplyTo] = useState(identity.replyTo?.address ?? '');
  const [editor, setEditor] = useState<Editor | null>(null);
  const [isLinking, setLinking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [isRefused, setRefused] = useState(false);
  const onEditor = useCallback((made: Editor | null) => setEditor(made), []);
  const set = (changed: Partial<Identity>) => setWanted((before) => ({ ...before, ...changed }));

  async function onSubmit(event: SubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const answers = replyTo.trim();
    if ((!isAddressFixed && !isDeliverable(wanted.address.trim())) || (answers && !isDeliverable(answers)))
      return setRefused(true);
    const body = editor && !editor.isEmpty ? toSentBody(editor.state.doc).html : '';
    setBusy(true);
    await onSave({
      ...wanted,
      name: wanted.name.trim(),
      address: wanted.address.trim(),
      signature: body,
      replyTo: answers ? { name: null, address: answers } : null,
    });
    setBusy(false);
  }

  return (
    <Dialog title={t('identity')} closeLabel={common('close')} onClose={onClose} wide>
      <form onSubmit={(event) => void onSubmit(event)} className="mx-auto max-w-[640px] space-y-4">
        <Field label={t('identityName')}>
          {(id) => (
            <input
              id={id}
              className={input}
              dir="auto"
              autoComplete="name"
              maxLength={400}
              value={wanted.name}
              onChange={({ target }) => set({ name: target.value })}
            />
          )}
        </Field>
        <Field label={t('identityAddress')}>
          {(id) => (
            <input
              id={id}
              className={input}
              dir="ltr"
              type="text"
              inputMode="email"
              required
              disabled={isAddressFixed}
              value={wanted.address}
              onChange={({ target }) => set({ address: target.value })}
            />
          )}
        </Field>
        <Field label={t('identityReplyTo')}>
          {(id) => (
            <input
              id={id}
              className={input}
              dir="ltr"
              type="text"
              inputMode="email"
              value={replyTo}
              onChange={({ target }) => setReplyTo(target.value)}
            />
          )}
        </Field>
        <div>
          <span className="text-meta font-medium">{t('identitySignature')}</span>
          <div className="mt-1 rounded-md border border-line-strong bg-surface">
            {editor ? (
              <div className="border-b border-line px-1">
                <FormatToolbar editor={editor} onLink={() => setLinking(true)} />
              </div>
            ) : null}
            <div className="min-h-28 px-3 py-2">
              <RichEditor
                html={identity.signature}
                label={t('identitySignature')}
                pictures={noPictures}
                onEditor={onEditor}
                onChange={nothing}
                onFiles={nothing}
              />
            </div>
          </div>
        </div>
        <Field label={t('identitySent')}>
          {(id) => (
            <select
              id={id}
              className={input}
              value={wanted.sentMailbox ?? ''}
              onChange={({ target }) => set({ sentMailbox: target.value || null })}
            >
              <option value="">{t('identitySentUsual')}</option>
              {mailboxes
                .filter(({ selectable }) => selectable)
                .map((mailbox) => (
                  <option key={mailbox.path} value={mailbox.path}>
                    {nameOf(mailbox)}
                  </option>
                ))}
            </select>
          )}
        </Field>
        {isRefused ? (
          <p role="alert" className="text-meta text-danger">
            {t('identityRefused')}
          </p>
        ) : null}
        <div className="flex flex-wrap gap-3 pt-1">
          <Button type="submit" look="primary" aria-disabled={isBusy}>
            {t('identitySave')}
          </Button>
          <Button onClick={onClose}>{common('cancel')}</Button>
        </div>
      </form>
      {editor && isLinking ? <LinkDialog editor={editor} onClose={() => setLinking(false)} /> : null}
    </Dialog>
  );
}

function Field({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="text-meta font-medium">
        {label}
      </label>
      {children(id)}
    </div>
  );
}

function noPictures(): null {
  return null;
}

function nothing(): void {}
