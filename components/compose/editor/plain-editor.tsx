import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import { useTranslations } from 'use-intl';

/** Writing plain text: as tall as what is written, so that the composer scrolls as one. */
export function PlainEditor({
  ref,
  text,
  onChange,
  onFiles,
  isFocused,
}: {
  ref?: RefObject<HTMLTextAreaElement | null>;
  text: string;
  onChange: (text: string) => void;
  onFiles: (files: File[]) => void;
  isFocused: boolean;
}) {
  const t = useTranslations('editor');
  const own = useRef<HTMLTextAreaElement>(null);
  const field = ref ?? own;
  useEffect(() => {
    if (!isFocused) return;
    field.current?.focus();
    field.current?.setSelectionRange(0, 0);
  }, [isFocused, field]);
  return (
    <textarea
      ref={field}
      aria-label={t('body')}
      placeholder={t('placeholder')}
      dir="auto"
      spellCheck
      defaultValue={text}
      className="block field-sizing-content min-h-full w-full resize-none bg-transparent text-read leading-[1.45] text-ink outline-none placeholder:text-muted"
      onChange={({ target }) => onChange(target.value)}
      onPaste={(event) => {
        const files = [...event.clipboardData.files];
        if (files.length === 0 || event.clipboardData.types.includes('text/plain')) return;
        event.preventDefault();
        onFiles(files);
      }}
    />
  );
}
