import { Popover } from '@base-ui/react/popover';
import { Toolbar } from '@base-ui/react/toolbar';
import type { Editor } from '@tiptap/react';
import { Smile } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from '#components/ui/icon-button.tsx';
import { EmojiPicker } from './emoji-picker.tsx';

/** The button in the formatting bar that opens the emoji. */
export function EmojiMenu({ editor }: { editor: Editor }) {
  const t = useTranslations('editor');
  const [isOpen, setOpen] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger render={<Toolbar.Button render={<IconButton icon={Smile} label={t('emoji')} />} />} />
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} collisionPadding={8} sticky className="z-50 outline-none">
          <Popover.Popup
            aria-label={t('emoji')}
            initialFocus={field}
            finalFocus={() => editor.view.dom}
            className="flex h-[min(340px,60dvh)] w-[min(336px,calc(100vw-16px))] flex-col overflow-hidden rounded-lg border border-line bg-raised shadow-float outline-none"
          >
            <EmojiPicker
              fieldRef={field}
              onChoose={(emoji) => {
                editor.chain().focus().insertContent(emoji).run();
                setOpen(false);
              }}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
