import { NodeViewWrapper } from '@tiptap/react';
import type { ReactNodeViewProps } from '@tiptap/react';
import { useCallback, useContext, useState } from 'react';
import { useTranslations } from 'use-intl';
import { MessageFrame } from '#components/message-view/body/message-frame.tsx';
import { sanitizeMail } from '#components/message-view/body/sanitize-mail.ts';
import { wordsOfHtml } from '#components/message-view/body/words-of-html.ts';
import { Button } from '#components/ui/button.tsx';
import { fromPlainText } from './from-plain-text.ts';
import { PictureAddresses } from './picture-store.ts';
import { toLink } from './sanitize-for-editor.ts';
import { toPlainText } from './to-plain-text.ts';

/** A quoted message kept whole, folded until somebody wants to see it; drawn where every message is drawn. */
export function OriginalView({ node, editor, getPos, deleteNode, selected }: ReactNodeViewProps) {
  const t = useTranslations('editor');
  const pictures = useContext(PictureAddresses);
  const { html, isForwarded } = node.attrs as { html: string; isForwarded: boolean };
  const [isOpen, setOpen] = useState(isForwarded);
  const fill = useCallback(
    (view: Window) => {
      view.document.body.dir = 'auto';
      view.document.body.replaceChildren(draw(html, view, pictures));
    },
    [html, pictures],
  );

  /** Its words go into the text, to be answered one by one or cut. */
  function takeApart(): void {
    const at = getPos();
    if (at === undefined) return;
    const { body } = new DOMParser().parseFromString(html, 'text/html');
    const text = fromPlainText(toPlainText(body));
    editor
      .chain()
      .focus()
      .insertContentAt({ from: at, to: at + node.nodeSize }, isForwarded ? text : `<blockquote>${text}</blockquote>`)
      .run();
  }

  return (
    <NodeViewWrapper
      contentEditable={false}
      className={`my-1 rounded-md border border-line ${selected ? 'outline-2 outline-focus' : ''}`}
    >
      <div className="flex flex-wrap items-center gap-x-1 px-1 py-0.5">
        <Button look="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? t('hideOriginal') : t('showOriginal')}
        </Button>
        <span className="flex-1" />
        <Button look="quiet" onClick={takeApart}>
          {t('editOriginal')}
        </Button>
        <Button look="quiet" onClick={deleteNode}>
          {t('removeOriginal')}
        </Button>
      </div>
      {isOpen ? (
        <div className="max-h-96 overflow-auto rounded-b-md border-t border-line bg-[white]">
          <MessageFrame fill={fill} dark={false} title={t('original')} />
        </div>
      ) : null}
    </NodeViewWrapper>
  );
}

/** Its words alone where it is too much to be drawn. */
function draw(html: string, view: Window, cidAddress: (contentId: string) => string | null): DocumentFragment | string {
  try {
    return sanitizeMail(html, view, {
      cidAddress,
      remoteAddress: () => null,
      link: toLink,
      leaveAddress: () => null,
      dark: false,
    }).fragment;
  } catch {
    return wordsOfHtml(html);
  }
}
