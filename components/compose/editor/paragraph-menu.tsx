import { Toolbar } from '@base-ui/react/toolbar';
import type { Editor } from '@tiptap/react';
import { ChevronDown } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import { Menu, MenuItem } from '#components/ui/menu.tsx';

const levels = [1, 2, 3] as const;

/** Text or one of three headings. */
export function ParagraphMenu({ editor, level }: { editor: Editor; level: 1 | 2 | 3 | null }) {
  const t = useTranslations('editor');
  return (
    <Menu
      finalFocus={() => editor.view.dom}
      trigger={
        <Toolbar.Button
          aria-label={t('style')}
          className="inline-flex h-8 shrink-0 items-center gap-1 rounded-md px-2 text-meta text-muted hover:bg-hover hover:text-ink pointer-coarse:h-11"
        >
          {level ? t('heading', { level }) : t('paragraph')}
          <Icon of={ChevronDown} size={14} />
        </Toolbar.Button>
      }
    >
      <MenuItem onSelect={() => editor.chain().focus().setParagraph().run()}>{t('paragraph')}</MenuItem>
      {levels.map((one) => (
        <MenuItem key={one} onSelect={() => editor.chain().focus().setHeading({ level: one }).run()}>
          {t('heading', { level: one })}
        </MenuItem>
      ))}
    </Menu>
  );
}
