import type { Editor } from '@tiptap/react';
import { CalendarClock, Paperclip, Send, Trash2 } from 'lucide-react';
import { useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { DraftSession } from '#lib/client/compose/draft-session.ts';
import { useSendingLimits } from '#lib/client/compose/use-identities.ts';
import type { DraftContent } from '#lib/mail/draft.ts';
import type { ComposerExtra } from './composer-extras.tsx';
import { MoreMenu } from './more-menu.tsx';
import { SavingStatus } from './saving-status.tsx';
import type { BodyFormat } from './use-body-format.tsx';
import { useDiscard } from './use-discard.ts';
import type { Sending } from './use-send.ts';

interface Props {
  session: DraftSession;
  content: DraftContent;
  sending: Sending;
  format: BodyFormat;
  editor: Editor | null;
  attach: (files: File[]) => void;
  onExtra: (extra: ComposerExtra) => void;
  onEnd: () => void;
  onOwnWindow: (() => void) | null;
}

/** Send and what else is done with the whole message; at its end how safe the words are. */
export function ComposerFooter({
  session,
  content,
  sending,
  format,
  editor,
  attach,
  onExtra,
  onEnd,
  onOwnWindow,
}: Props) {
  const t = useTranslations('compose');
  const chooser = useRef<HTMLInputElement>(null);
  const discard = useDiscard(session, onEnd);
  const canSchedule = useSendingLimits()?.canSchedule ?? true;
  return (
    <footer className="flex shrink-0 items-center gap-1 border-t border-line py-2 ps-3 pe-2 pb-[max(8px,env(safe-area-inset-bottom))] max-two:flex-wrap max-two:pt-1">
      <Button
        look="primary"
        className="px-4"
        aria-disabled={sending.isBusy}
        title={t('sendKeys')}
        onClick={() => void sending.send()}
      >
        <Icon of={Send} size={16} className="rtl:-scale-x-100" />
        {sending.isWaiting ? t('waitsForFiles') : sending.isBusy ? t('sending') : t('send')}
      </Button>
      <IconButton
        icon={CalendarClock}
        label={t('scheduleSend')}
        disabled={!canSchedule}
        onClick={sending.openSchedule}
      />
      {content.resends ? null : (
        <>
          <span aria-hidden="true" className="mx-1 h-5 w-px bg-line" />
          <IconButton icon={Paperclip} label={t('attachFiles')} onClick={() => chooser.current?.click()} />
          <input
            ref={chooser}
            type="file"
            multiple
            hidden
            onChange={({ target }) => {
              attach([...(target.files ?? [])]);
              target.value = ''; // The same file can be chosen again.
            }}
          />
          <MoreMenu
            session={session}
            content={content}
            format={format}
            editor={editor}
            onExtra={onExtra}
            onOwnWindow={onOwnWindow}
          />
        </>
      )}
      <SavingStatus session={session} />
      <IconButton icon={Trash2} label={t('discardDraft')} className="max-two:ms-auto" onClick={discard} />
    </footer>
  );
}
