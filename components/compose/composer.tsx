import type { Editor } from '@tiptap/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { DragEvent, KeyboardEvent } from 'react';
import { useTranslations } from 'use-intl';
import type { ComposeStart } from '#lib/client/compose/composers.ts';
import type { DraftSession } from '#lib/client/compose/draft-session.ts';
import { useSelected } from '#lib/client/external-store.ts';
import { AttachmentTray } from './attachments/attachment-tray.tsx';
import { useAttach } from './attachments/use-attach.ts';
import { usePictures } from './attachments/use-pictures.ts';
import { ComposerExtras } from './composer-extras.tsx';
import type { ComposerExtra } from './composer-extras.tsx';
import { ComposerFooter } from './composer-footer.tsx';
import { ConflictBanner } from './conflict-banner.tsx';
import { FormatToolbar } from './editor/format-toolbar.tsx';
import { LinkDialog } from './editor/link-dialog.tsx';
import { PlainEditor } from './editor/plain-editor.tsx';
import { RichEditor } from './editor/rich-editor.tsx';
import { toSentBody } from './editor/to-sent-html.ts';
import { HeaderFields } from './header-fields.tsx';
import type { HeaderFieldsHandle } from './header-fields.tsx';
import { ResentNotice } from './resent-notice.tsx';
import { ScheduleDialog } from './schedule-dialog.tsx';
import { useBodyFormat } from './use-body-format.tsx';
import { useIdentitySwitch } from './use-identity-switch.ts';
import { useSend } from './use-send.ts';
import { WarningsDialog } from './warnings-dialog.tsx';

interface Props {
  session: DraftSession;
  start: ComposeStart;
  /** It was sent or thrown away. */
  onEnd: () => void;
  onOwnWindow: (() => void) | null;
}

/** Everything that is written and chosen for one message. The session keeps it; what is drawn here can go at any time. */
export function Composer({ session, start, onEnd, onOwnWindow }: Props) {
  const t = useTranslations('compose');
  // Neither saving nor an upload that gets on draws all of this anew: keys wait for that.
  const content = useSelected(session, ({ content: now }) => now);
  const [editor, setEditor] = useState<Editor | null>(null);
  const [isLinking, setLinking] = useState(false);
  const [isOver, setOver] = useState(false);
  const [extra, setExtra] = useState<ComposerExtra | null>(null);
  const header = useRef<HeaderFieldsHandle>(null);
  const plainField = useRef<HTMLTextAreaElement>(null);
  const pictures = usePictures(content.attachments);
  const attach = useAttach(session, pictures.remember);
  const format = useBodyFormat(session, editor);
  const changeIdentity = useIdentitySwitch(session, editor);
  const sending = useSend(session, start, header, onEnd);

  const onEditor = useCallback(
    (made: Editor | null) => {
      setEditor(made);
      session.readBodyBy(made ? () => toSentBody(made.state.doc) : null);
    },
    [session],
  );

  // A letter begins with whom it is for, one that is for somebody with its words. The editor stands a moment later than the fields:
  // whoever types in one of them by then stays there.
  useEffect(() => {
    if (header.current?.hasFocus()) return;
    if (content.to.length === 0) header.current?.focusTo();
    else if (editor) editor.commands.focus('start');
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when it stands
  }, [editor]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void sending.send();
  }

  function onDrop(event: DragEvent): void {
    setOver(false);
    const dropped = [...event.dataTransfer.files];
    if (dropped.length === 0) return;
    event.preventDefault();
    if (!content.resends) attach.add(dropped);
  }

  const isPlain = content.html === null;
  return (
    <div
      className="relative flex min-h-0 flex-1 flex-col"
      onKeyDown={onKeyDown}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(!content.resends);
      }}
      onDragLeave={(event) => event.currentTarget.contains(event.relatedTarget as Node | null) || setOver(false)}
      onDropCapture={() => setOver(false)}
      onDrop={onDrop}
    >
      <ConflictBanner session={session} />
      <HeaderFields ref={header} session={session} content={content} onIdentity={changeIdentity} />
      <div
        className="min-h-0 flex-1 overflow-y-auto px-4 py-3"
        onMouseDown={(event) => {
          // The empty room below the text belongs to it.
          if (event.target !== event.currentTarget) return;
          event.preventDefault();
          editor?.commands.focus('end');
        }}
      >
        {content.resends ? (
          <ResentNotice content={content} />
        ) : isPlain ? (
          <PlainEditor
            key={format.turn}
            ref={plainField}
            text={content.text}
            isFocused={start.type !== 'new' || format.turn > 0}
            onChange={(text) => session.change({ text })}
            onFiles={attach.add}
          />
        ) : (
          <RichEditor
            key={format.turn}
            html={content.html ?? ''}
            pictures={pictures.addressOf}
            onEditor={onEditor}
            onChange={session.bodyChanged}
            onFiles={attach.addToText}
          />
        )}
      </div>
      {content.resends ? null : <AttachmentTray attachments={content.attachments} session={session} />}
      {(attach.problem ?? sending.problem) ? (
        <p role="alert" className="border-t border-line bg-hover px-4 py-2 text-meta leading-normal text-danger">
          {attach.problem ?? sending.problem}
        </p>
      ) : null}
      {editor ? (
        <div className="border-t border-line px-2 py-0.5">
          <FormatToolbar editor={editor} onLink={() => setLinking(true)} />
        </div>
      ) : null}
      <ComposerFooter
        session={session}
        content={content}
        sending={sending}
        format={format}
        attach={attach.add}
        onExtra={setExtra}
        onEnd={onEnd}
        onOwnWindow={onOwnWindow}
        editor={editor}
      />
      {isOver ? (
        <div className="pointer-events-none absolute inset-2 z-30 flex items-center justify-center rounded-lg border-2 border-dashed border-accent bg-surface/90 text-title font-medium text-accent">
          {t('dropHere')}
        </div>
      ) : null}
      <ComposerExtras
        shown={extra}
        session={session}
        place={() => (editor ? { editor } : plainField.current ? { field: plainField.current } : null)}
        onAttach={attach.addCopies}
        onClose={() => setExtra(null)}
      />
      {editor && isLinking ? <LinkDialog editor={editor} onClose={() => setLinking(false)} /> : null}
      {sending.warnings ? (
        <WarningsDialog warnings={sending.warnings} onBack={sending.back} onSend={() => void sending.sendAnyway()} />
      ) : null}
      {sending.isScheduling ? (
        <ScheduleDialog onClose={sending.back} onChoose={(at) => void sending.schedule(at)} />
      ) : null}
      {format.dialog}
    </div>
  );
}
