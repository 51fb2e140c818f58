import { Toolbar } from '@base-ui/react/toolbar';
import type { Editor } from '@tiptap/react';
import { Baseline } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';

/** Colours that can be read on paper and at night. */
const colors = {
  red: '#c0392b',
  orange: '#b9660a',
  green: '#2e7d4f',
  blue: '#2468b2',
  purple: '#7b4bb3',
  grey: '#6f6b64',
} as const;
const marks = { markYellow: '#fff3a3', markGreen: '#c9f0d0', markBlue: '#cfe6ff' } as const;

export function ColorMenu({ editor }: { editor: Editor }) {
  const t = useTranslations('editor');
  return (
    <Menu
      finalFocus={() => editor.view.dom}
      trigger={<Toolbar.Button render={<IconButton icon={Baseline} label={t('color')} />} />}
    >
      <MenuItem onSelect={() => editor.chain().focus().unsetColor().unsetBackgroundColor().run()}>
        {t('noColor')}
      </MenuItem>
      <MenuSeparator />
      {Object.entries(colors).map(([name, value]) => (
        <MenuItem key={name} onSelect={() => editor.chain().focus().setColor(value).run()}>
          <Swatch value={value} />
          {t(name as keyof typeof colors)}
        </MenuItem>
      ))}
      <MenuSeparator />
      {Object.entries(marks).map(([name, value]) => (
        <MenuItem key={name} onSelect={() => editor.chain().focus().setBackgroundColor(value).run()}>
          <Swatch value={value} />
          {t(name as keyof typeof marks)}
        </MenuItem>
      ))}
    </Menu>
  );
}

function Swatch({ value }: { value: string }) {
  return <span aria-hidden="true" className="size-4 rounded-full border border-line" style={{ background: value }} />;
}
