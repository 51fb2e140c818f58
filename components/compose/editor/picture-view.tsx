import { NodeViewWrapper } from '@tiptap/react';
import type { ReactNodeViewProps } from '@tiptap/react';
import { useRef } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useTranslations } from 'use-intl';
import { usePictureAddress } from './picture-store.ts';

const smallest = 24;
const step = 16;

/**
 * A picture in the text, with a corner to draw it larger or smaller. One from the web stays a word: loading it would
 * tell that it is read.
 */
export function PictureView({ node, selected, editor, getPos }: ReactNodeViewProps) {
  const t = useTranslations('editor');
  const picture = useRef<HTMLImageElement>(null);
  const start = useRef<{ x: number; width: number } | null>(null);
  const { src, alt, width } = node.attrs as { src: string | null; alt: string | null; width: number | null };
  const address = usePictureAddress(src);

  function resize(wanted: number): void {
    const most = picture.current?.closest('.ProseMirror')?.clientWidth ?? 2_000;
    const value = Math.round(Math.min(most, Math.max(smallest, wanted)));
    const at = getPos();
    // Only the attribute: to put another node in its place would take the selection, and with it the corner that is held.
    if (at !== undefined) editor.view.dispatch(editor.state.tr.setNodeAttribute(at, 'width', value));
  }

  function onPointerDown(event: PointerEvent<HTMLButtonElement>): void {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, width: picture.current?.width ?? 0 };
  }

  function onPointerMove(event: PointerEvent<HTMLButtonElement>): void {
    if (!start.current) return;
    const sign = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1;
    resize(start.current.width + (event.clientX - start.current.x) * sign);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const towards = { ArrowRight: 1, ArrowLeft: -1, ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!towards) return;
    event.preventDefault();
    event.stopPropagation();
    resize((picture.current?.width ?? 0) + towards * step);
  }

  return (
    <NodeViewWrapper as="span" className="relative inline-block max-w-full align-bottom" data-drag-handle="">
      {address ? (
        <img
          ref={picture}
          src={address}
          alt={alt ?? ''}
          width={width ?? undefined}
          className={`h-auto max-w-full rounded-[2px] ${selected ? 'outline-2 outline-focus' : ''}`}
        />
      ) : (
        <span className="rounded-md border border-dashed border-line-strong px-2 py-0.5 text-small text-muted">
          {alt?.trim() || t('picture')}
        </span>
      )}
      {address && selected ? (
        <button
          type="button"
          aria-label={t('resizePicture')}
          className="absolute -end-1.5 -bottom-1.5 size-3.5 cursor-nwse-resize touch-none rounded-full border-2 border-surface bg-focus rtl:cursor-nesw-resize"
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={() => (start.current = null)}
          onPointerCancel={() => (start.current = null)}
          onKeyDown={onKeyDown}
        />
      ) : null}
    </NodeViewWrapper>
  );
}
