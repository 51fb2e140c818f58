import { Toolbar } from '@base-ui/react/toolbar';
import type { Editor } from '@tiptap/react';
import { Table } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';

/** Rows and columns of the table that the cursor stands in. */
export function TableMenu({ editor }: { editor: Editor }) {
  const t = useTranslations('editor');
  return (
    <Menu
      finalFocus={() => editor.view.dom}
      trigger={
        <Toolbar.Button render={<IconButton icon={Table} label={t('tableMenu')} className="bg-selected text-ink" />} />
      }
    >
      <MenuItem onSelect={() => editor.chain().focus().addRowAfter().run()}>{t('addRow')}</MenuItem>
      <MenuItem onSelect={() => editor.chain().focus().addColumnAfter().run()}>{t('addColumn')}</MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={() => editor.chain().focus().deleteRow().run()}>{t('deleteRow')}</MenuItem>
      <MenuItem onSelect={() => editor.chain().focus().deleteColumn().run()}>{t('deleteColumn')}</MenuItem>
      <MenuItem onSelect={() => editor.chain().focus().deleteTable().run()}>{t('deleteTable')}</MenuItem>
    </Menu>
  );
}
