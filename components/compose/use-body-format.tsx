import type { Editor } from '@tiptap/react';
import type { Node } from '@tiptap/pm/model';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import type { DraftSession } from '#lib/client/compose/draft-session.ts';
import { fromPlainText } from './editor/from-plain-text.ts';
import { toSentBody } from './editor/to-sent-html.ts';

export interface BodyFormat {
  toggle(): void;
  /** Counts the switches: the field begins anew with each. */
  turn: number;
  dialog: ReactNode;
}

/**
 * Formatting or plain text. Nothing is lost by looking: who switches back without having changed the text has all formatting again, and
 * who would lose some is asked first.
 */
export function useBodyFormat(session: DraftSession, editor: Editor | null): BodyFormat {
  const t = useTranslations('compose');
  const common = useTranslations('common');
  const [turn, setTurn] = useState(0);
  const [isAsking, setAsking] = useState(false);
  const before = useRef<{ html: string; text: string } | null>(null);

  function toPlain(): void {
    if (!editor) return;
    const { html, text } = toSentBody(editor.state.doc);
    before.current = { html, text };
    session.readBodyBy(null);
    session.change({ html: null, text });
    setAsking(false);
    setTurn(turn + 1);
  }

  function toRich(): void {
    const { text } = session.get().content;
    const html = before.current?.text === text ? before.current.html : fromPlainText(text);
    session.change({ html, text });
    setTurn(turn + 1);
  }

  return {
    toggle() {
      if (session.get().content.html === null) toRich();
      else if (editor && hasFormatting(editor.state.doc)) setAsking(true);
      else toPlain();
    },
    turn,
    dialog: isAsking ? (
      <Dialog title={t('plainTitle')} closeLabel={common('close')} onClose={() => setAsking(false)}>
        <p className="mb-5 text-list leading-normal">{t('plainText')}</p>
        <div className="flex flex-wrap gap-3">
          <Button look="primary" onClick={toPlain}>
            {t('toPlain')}
          </Button>
          <Button onClick={() => setAsking(false)}>{common('cancel')}</Button>
        </div>
      </Dialog>
    ) : null,
  };
}

/** Whether plain text could not say it all. Lists, quotes and links read well in it. */
function hasFormatting(doc: Node): boolean {
  let found = false;
  doc.descendants((node) => {
    found ||= /^(?:heading|table|picture|original|codeBlock)$/.test(node.type.name);
    found ||= node.marks.some(({ type }) => /^(?:bold|italic|underline|strike|code)$/.test(type.name));
    found ||= node.marks.some(({ attrs }) => Boolean(attrs.color ?? attrs.backgroundColor));
    return !found;
  });
  return found;
}
