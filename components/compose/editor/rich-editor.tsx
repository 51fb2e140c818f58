import { getSchema } from '@tiptap/core';
import { EditorContent, useEditor } from '@tiptap/react';
import type { Editor } from '@tiptap/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { cleanPaste } from './clean-paste.ts';
import './editor.css';
import { writingExtensions } from './extensions.ts';
import { PictureAddresses } from './picture-store.ts';
import { sanitizeToHtml } from './sanitize-for-editor.ts';
import { sentSerializer } from './sent-serializer.ts';

interface Props {
  /** What it begins with; hostile. Later values are not looked at: the editor has its own state. */
  html: string;
  /** What the field is called; without it "Message body". */
  label?: string;
  pictures: (contentId: string) => string | null;
  onEditor: (editor: Editor | null) => void;
  onChange: () => void;
  /** Files that were pasted or dropped; pictures among them belong into the text. Answers false when they are not taken. */
  onFiles: (files: File[], editor: Editor) => void;
}

/** Writing with formatting. Everything that comes in goes through the filter first. */
export function RichEditor({ html, label, pictures, onEditor, onChange, onFiles }: Props) {
  const t = useTranslations('editor');
  const extensions = useMemo(() => writingExtensions(label ? '' : t('placeholder')), [t, label]);
  const serializer = useMemo(() => sentSerializer(getSchema(extensions)), [extensions]);
  /** The editor first brings what it was given into its own form; that is no change of the person's. */
  const isReady = useRef(false);
  const [isFilled, setFilled] = useState(false);
  const latest = useRef({ onChange, onFiles });
  useEffect(() => {
    latest.current = { onChange, onFiles };
  });
  const editor = useEditor({
    extensions,
    injectCSS: false, // A style element of a library would need the page's nonce; editor.css says it all.
    textDirection: 'auto',
    immediatelyRender: true,
    shouldRerenderOnTransaction: false,
    onCreate({ editor: made }) {
      // Filtered once, not with every render.
      made.chain().setMeta('addToHistory', false).setContent(sanitizeToHtml(html), { emitUpdate: false }).run();
      made.view.dispatch(made.state.tr.setMeta('addToHistory', false));
      isReady.current = true;
      setFilled(true);
    },
    onUpdate: () => {
      if (isReady.current) latest.current.onChange();
    },
    editorProps: {
      attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': label ?? t('body'), spellcheck: 'true' },
      transformPastedHTML: cleanPaste,
      clipboardSerializer: serializer,
      handlePaste(_view, event) {
        const files = [...(event.clipboardData?.files ?? [])];
        // Office programs put a picture of the text beside the text; the text is meant.
        const hasText =
          event.clipboardData?.types.includes('text/plain') || event.clipboardData?.types.includes('text/rtf');
        if (files.length === 0 || hasText) return false;
        latest.current.onFiles(files, editor);
        return true;
      },
      handleDrop(view, event, _slice, isMoved) {
        const files = [...(event.dataTransfer?.files ?? [])];
        if (isMoved || files.length === 0) return false;
        const place = view.posAtCoords({ left: event.clientX, top: event.clientY });
        if (place) editor.commands.setTextSelection(place.pos);
        latest.current.onFiles(files, editor);
        event.preventDefault();
        event.stopPropagation();
        return true;
      },
    },
  });
  useEffect(() => {
    if (!isFilled) return; // Nobody may read an editor that is still empty.
    onEditor(editor);
    return () => onEditor(null);
  }, [editor, isFilled, onEditor]);
  return (
    <PictureAddresses value={pictures}>
      <EditorContent editor={editor} className="writing min-h-full" />
    </PictureAddresses>
  );
}
