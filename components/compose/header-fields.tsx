import { useImperativeHandle, useRef, useState } from 'react';
import type { Ref } from 'react';
import { useTranslations } from 'use-intl';
import type { DraftSession } from '#lib/client/compose/draft-session.ts';
import { useIdentities } from '#lib/client/compose/use-identities.ts';
import type { DraftContent } from '#lib/mail/draft.ts';
import { isDeliverable } from '#lib/mail/is-deliverable.ts';
import { formatAddress } from '#lib/mail/parse-address-list.ts';
import { visibleText } from '#lib/format/visible-text.ts';
import { RecipientField } from './recipients/recipient-field.tsx';

export interface HeaderFieldsHandle {
  focusTo(): void;
  hasFocus(): boolean;
  /** Goes to the first recipient that is no address; answers false when all are. */
  focusInvalid(): boolean;
}

interface Props {
  ref: Ref<HeaderFieldsHandle>;
  session: DraftSession;
  content: DraftContent;
  onIdentity: (id: string) => void;
}

/** From, To, Cc, Bcc, Reply-To and the subject; what is not used takes no room. */
export function HeaderFields({ ref, session, content, onIdentity }: Props) {
  const t = useTranslations('compose');
  const identities = useIdentities()?.identities ?? [];
  const [isCcOpen, setCcOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const to = useRef<HTMLInputElement>(null);
  const cc = useRef<HTMLInputElement>(null);
  const hasCc = isCcOpen || content.cc.length > 0;
  const hasBcc = isCcOpen || content.bcc.length > 0;

  useImperativeHandle(ref, () => ({
    focusTo: () => to.current?.focus(),
    hasFocus: () => root.current?.contains(document.activeElement) ?? false,
    focusInvalid() {
      const all = [...content.to, ...content.cc, ...content.bcc, ...content.replyTo];
      if (all.every(({ address }) => isDeliverable(address))) return false;
      root.current?.querySelector<HTMLElement>('[data-invalid] [data-chip]')?.focus();
      return true;
    },
  }));

  return (
    <div ref={root} className="shrink-0">
      {identities.length > 1 ? (
        <div className="flex min-h-9 items-center gap-2 border-b border-line px-4 pointer-coarse:min-h-11">
          <label htmlFor={`${session.id}-from`} className="w-8 shrink-0 text-meta text-muted">
            {t('from')}
          </label>
          <select
            id={`${session.id}-from`}
            value={content.identity}
            className="-ms-1 h-8 min-w-0 flex-1 truncate rounded-md bg-surface text-list text-ink pointer-coarse:h-11"
            onChange={({ target }) => onIdentity(target.value)}
          >
            {identities.map(({ id, name, address }) => (
              <option key={id} value={id}>
                {visibleText(formatAddress({ name: name || null, address }))}
              </option>
            ))}
          </select>
        </div>
      ) : null}
      <RecipientField
        label={t('to')}
        value={content.to}
        inputRef={to}
        onChange={(value) => session.change({ to: value })}
      >
        {hasCc && hasBcc ? null : (
          <button
            type="button"
            className="h-7 shrink-0 rounded-md px-2 text-meta text-muted hover:bg-hover hover:text-ink pointer-coarse:h-9"
            onClick={() => {
              setCcOpen(true);
              requestAnimationFrame(() => cc.current?.focus());
            }}
          >
            {t('ccBcc')}
          </button>
        )}
      </RecipientField>
      {hasCc ? (
        <RecipientField
          label={t('cc')}
          value={content.cc}
          inputRef={cc}
          onChange={(value) => session.change({ cc: value })}
        />
      ) : null}
      {hasBcc ? (
        <RecipientField label={t('bcc')} value={content.bcc} onChange={(value) => session.change({ bcc: value })} />
      ) : null}
      {content.replyTo.length > 0 ? (
        <RecipientField
          label={t('replyTo')}
          value={content.replyTo}
          onChange={(value) => session.change({ replyTo: value })}
        />
      ) : null}
      {content.resends ? null : (
        <input
          type="text"
          autoComplete="off"
          aria-label={t('subject')}
          placeholder={t('subject')}
          dir="auto"
          spellCheck
          maxLength={2000}
          value={content.subject}
          className="block h-9 w-full border-b border-line bg-transparent px-4 text-list font-medium text-ink outline-none placeholder:font-normal placeholder:text-muted pointer-coarse:h-11 pointer-coarse:text-title"
          // A pasted line break would end the header.
          onChange={({ target }) => session.change({ subject: target.value.replace(/[\0-\x08\x0a-\x1f\x7f]+/g, ' ') })}
        />
      )}
    </div>
  );
}
