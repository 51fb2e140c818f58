import type { Editor } from '@tiptap/react';
import { useState } from 'react';
import { FormatToolbar } from '#components/compose/editor/format-toolbar.tsx';
import { LinkDialog } from '#components/compose/editor/link-dialog.tsx';
import { RichEditor } from '#components/compose/editor/rich-editor.tsx';

/** Formatted text in a form; `onEditor` is a function that stays the same. Whoever saves reads what stands in the editor then. */
export function RichTextField({
  label,
  html,
  editor,
  onEditor,
}: {
  label: string;
  /** What it begins with; hostile. */
  html: string;
  editor: Editor | null;
  onEditor: (editor: Editor | null) => void;
}) {
  const [isLinking, setLinking] = useState(false);
  return (
    <div>
      <span className="text-meta font-medium">{label}</span>
      <div className="mt-1 rounded-md border border-line-strong bg-surface focus-within:outline-2 focus-within:outline-accent">
        {editor ? (
          <div className="border-b border-line px-1">
            <FormatToolbar editor={editor} onLink={() => setLinking(true)} />
          </div>
        ) : null}
        <div className="min-h-28 px-3 py-2">
          <RichEditor
            html={html}
            label={label}
            pictures={noPictures}
            onEditor={onEditor}
            onChange={nothing}
            onFiles={nothing}
          />
        </div>
      </div>
      {editor && isLinking ? <LinkDialog editor={editor} onClose={() => setLinking(false)} /> : null}
    </div>
  );
}

function noPictures(): null {
  return null;
}

function nothing(): void {}
