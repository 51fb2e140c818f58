import { Toolbar } from '@base-ui/react/toolbar';
import { useEditorState } from '@tiptap/react';
import type { Editor } from '@tiptap/react';
import {
  Bold,
  Code,
  Italic,
  Link2,
  List,
  ListOrdered,
  Quote,
  RemoveFormatting,
  SquareCode,
  Strikethrough,
  Table,
  Underline,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { IconButton } from '#components/ui/icon-button.tsx';
import { EmojiMenu } from '../emoji/emoji-menu.tsx';
import { ColorMenu } from './color-menu.tsx';
import { ParagraphMenu } from './paragraph-menu.tsx';
import { TableMenu } from './table-menu.tsx';

interface Props {
  editor: Editor;
  onLink: () => void;
}

/** What can be done to the text, in one row that is one stop of the Tab key. */
export function FormatToolbar({ editor, onLink }: Props) {
  const t = useTranslations('editor');
  const is = useEditorState({ editor, selector: ({ editor: now }) => stateOf(now) });
  const run = (name: keyof typeof actions) => () => actions[name](editor);
  const button = (name: keyof typeof actions, icon: LucideIcon, isOn?: boolean) => (
    <Toolbar.Button
      aria-pressed={isOn}
      onMouseDown={(event) => event.preventDefault()} // The text keeps its selection.
      onClick={run(name)}
      render={<IconButton icon={icon} label={t(name)} className="aria-pressed:bg-selected aria-pressed:text-ink" />}
    />
  );
  return (
    <Toolbar.Root
      aria-label={t('toolbar')}
      className="flex min-w-0 items-center overflow-x-auto [scrollbar-width:none]"
    >
      <ParagraphMenu editor={editor} level={is.level} />
      {button('bold', Bold, is.bold)}
      {button('italic', Italic, is.italic)}
      {button('underline', Underline, is.underline)}
      {button('strike', Strikethrough, is.strike)}
      <ColorMenu editor={editor} />
      <Separator />
      {button('bulletList', List, is.bulletList)}
      {button('orderedList', ListOrdered, is.orderedList)}
      {button('quote', Quote, is.blockquote)}
      <Separator />
      <Toolbar.Button
        aria-pressed={is.link}
        onMouseDown={(event) => event.preventDefault()}
        onClick={onLink}
        render={
          <IconButton icon={Link2} label={t('link')} className="aria-pressed:bg-selected aria-pressed:text-ink" />
        }
      />
      {is.isInTable ? <TableMenu editor={editor} /> : button('table', Table)}
      {button('code', Code, is.code)}
      {button('codeBlock', SquareCode, is.codeBlock)}
      <EmojiMenu editor={editor} />
      {button('clearFormat', RemoveFormatting)}
    </Toolbar.Root>
  );
}

function Separator() {
  return <Toolbar.Separator className="mx-1 h-5 w-px shrink-0 bg-line" />;
}

function stateOf(editor: Editor) {
  return {
    bold: editor.isActive('bold'),
    italic: editor.isActive('italic'),
    underline: editor.isActive('underline'),
    strike: editor.isActive('strike'),
    code: editor.isActive('code'),
    codeBlock: editor.isActive('codeBlock'),
    link: editor.isActive('link'),
    bulletList: editor.isActive('bulletList'),
    orderedList: editor.isActive('orderedList'),
    blockquote: editor.isActive('blockquote'),
    isInTable: editor.isActive('table'),
    level: ([1, 2, 3] as const).find((level) => editor.isActive('heading', { level })) ?? null,
  };
}

const actions = {
  bold: (editor: Editor) => editor.chain().focus().toggleBold().run(),
  italic: (editor: Editor) => editor.chain().focus().toggleItalic().run(),
  underline: (editor: Editor) => editor.chain().focus().toggleUnderline().run(),
  strike: (editor: Editor) => editor.chain().focus().toggleStrike().run(),
  bulletList: (editor: Editor) => editor.chain().focus().toggleBulletList().run(),
  orderedList: (editor: Editor) => editor.chain().focus().toggleOrderedList().run(),
  quote: (editor: Editor) => editor.chain().focus().toggleBlockquote().run(),
  table: (editor: Editor) => editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
  code: (editor: Editor) => editor.chain().focus().toggleCode().run(),
  codeBlock: (editor: Editor) => editor.chain().focus().toggleCodeBlock().run(),
  clearFormat: (editor: Editor) => editor.chain().focus().unsetAllMarks().clearNodes().run(),
};
