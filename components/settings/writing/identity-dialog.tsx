import type { Editor } from '@tiptap/react';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { useTranslations } from 'use-intl';
import { toSentBody } from '#components/compose/editor/to-sent-html.ts';
import { useMailboxName } from '#components/mailbox/mailbox-name.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { useMailboxes } from '#lib/client/mailbox/use-mailboxes.ts';
import type { Identity } from '#lib/mail/identity.ts';
import { isDeliverable } from '#lib/mail/is-deliverable.ts';
import { AddressField, SelectField, TextField } from './form-fields.tsx';
import { RichTextField } from './rich-text-field.tsx';

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
  const [isBusy, setBusy] = useState(false);
  const [isRefused, setRefused] = useState(false);
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
      <form onSubmit={(event) => void onSubmit(event)} className="space-y-4">
        <div className="grid gap-4 two:grid-cols-2">
          <TextField
            label={t('identityName')}
            dir="auto"
            autoComplete="name"
            maxLength={400}
            value={wanted.name}
            onChange={(name) => set({ name })}
          />
          <AddressField
            label={t('identityAddress')}
            required
            disabled={isAddressFixed}
            value={wanted.address}
            onChange={(address) => set({ address })}
          />
          <AddressField label={t('identityReplyTo')} value={replyTo} onChange={setReplyTo} />
          <SelectField
            label={t('identitySent')}
            value={wanted.sentMailbox ?? ''}
            onChange={(path) => set({ sentMailbox: path || null })}
          >
            <option value="">{t('identitySentUsual')}</option>
            {mailboxes
              .filter(({ selectable }) => selectable)
              .map((mailbox) => (
                <option key={mailbox.path} value={mailbox.path}>
                  {nameOf(mailbox)}
                </option>
              ))}
          </SelectField>
        </div>
        <RichTextField label={t('identitySignature')} html={identity.signature} editor={editor} onEditor={setEditor} />
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
    </Dialog>
  );
}
