import type { Editor } from '@tiptap/react';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { toLink } from './sanitize-for-editor.ts';

/** Asks where a link leads; an address without "https://" or "mailto:" is understood. */
export function LinkDialog({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const t = useTranslations('editor');
  const common = useTranslations('common');
  const known = editor.getAttributes('link').href as string | undefined;
  const [address, setAddress] = useState(known ?? '');
  const [isRefused, setRefused] = useState(false);

  function onSubmit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    event.stopPropagation();
    const link = toLink(complete(address));
    if (link.kind === 'none') return setRefused(true);
    const { empty } = editor.state.selection;
    const chain = editor.chain().focus();
    if (empty && !known)
      chain
        .insertContent({ type: 'text', text: address.trim(), marks: [{ type: 'link', attrs: { href: link.href } }] })
        .run();
    else chain.extendMarkRange('link').setLink({ href: link.href }).run();
    onClose();
  }

  return (
    <Dialog title={t('link')} closeLabel={common('close')} onClose={onClose}>
      <form onSubmit={onSubmit}>
        <label className="block text-meta font-medium">
          {t('linkAddress')}
          <input
            autoFocus
            type="text"
            inputMode="url"
            autoComplete="off"
            dir="ltr"
            className="mt-1.5 block h-10 w-full rounded-md border border-line-strong bg-surface px-3 text-read text-ink pointer-coarse:h-11"
            value={address}
            onChange={({ target }) => setAddress(target.value)}
          />
        </label>
        {isRefused ? (
          <p role="alert" className="mt-2 text-meta text-danger">
            {t('linkRefused')}
          </p>
        ) : null}
        <div className="mt-5 flex flex-wrap gap-3">
          <Button type="submit" look="primary">
            {t('linkApply')}
          </Button>
          {known ? (
            <Button
              onClick={() => {
                editor.chain().focus().extendMarkRange('link').unsetLink().run();
                onClose();
              }}
            >
              {t('linkRemove')}
            </Button>
          ) : null}
        </div>
      </form>
    </Dialog>
  );
}

function complete(text: string): string {
  const trimmed = text.trim();
  if (/^[a-z][a-z0-9+.-]*:/i.test(trimmed)) return trimmed;
  return /^[^\s/@]+@[^\s/@]+$/.test(trimmed) ? `mailto:${trimmed}` : `https://${trimmed}`;
}
