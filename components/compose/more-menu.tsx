import type { Editor } from '@tiptap/react';
import { AppWindow, BookmarkPlus, CornerUpLeft, LayoutTemplate, Mails, MoreVertical, Type } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator, MenuToggle } from '#components/ui/menu.tsx';
import type { DraftSession } from '#lib/client/compose/draft-session.ts';
import { useSendingLimits } from '#lib/client/compose/use-identities.ts';
import type { DraftContent } from '#lib/mail/draft.ts';
import type { ComposerExtra } from './composer-extras.tsx';
import type { BodyFormat } from './use-body-format.tsx';

interface Props {
  session: DraftSession;
  content: DraftContent;
  format: BodyFormat;
  editor: Editor | null;
  onExtra: (extra: ComposerExtra) => void;
  onOwnWindow: (() => void) | null;
}

/** What is wanted now and then: the format, priority, receipts, an address for answers, a window of its own. */
export function MoreMenu({ session, content, format, editor, onExtra, onOwnWindow }: Props) {
  const t = useTranslations('compose');
  const limits = useSendingLimits();
  const isPlain = content.html === null;

  async function openWindow(): Promise<void> {
    if (!onOwnWindow) return;
    await session.save();
    await session.keep();
    window.open(`/compose?draft=${session.id}`, '_blank', 'popup,width=820,height=760');
    onOwnWindow();
  }

  return (
    <Menu finalFocus={() => editor?.view.dom ?? null} trigger={<IconButton icon={MoreVertical} label={t('more')} />}>
      <MenuItem icon={Mails} onSelect={() => onExtra('attach')}>
        {t('attachFromMessage')}
      </MenuItem>
      <MenuItem icon={LayoutTemplate} onSelect={() => onExtra('insert-template')}>
        {t('insertTemplate')}
      </MenuItem>
      <MenuItem icon={BookmarkPlus} onSelect={() => onExtra('save-template')}>
        {t('saveTemplate')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={Type} onSelect={format.toggle}>
        {isPlain ? t('toRich') : t('toPlain')}
      </MenuItem>
      {content.replyTo.length === 0 ? (
        <MenuItem icon={CornerUpLeft} onSelect={() => session.change({ replyTo: [{ name: null, address: '' }] })}>
          {t('addReplyTo')}
        </MenuItem>
      ) : null}
      {onOwnWindow ? (
        <MenuItem icon={AppWindow} onSelect={() => void openWindow()}>
          {t('ownWindow')}
        </MenuItem>
      ) : null}
      <MenuSeparator />
      <MenuToggle
        isOn={content.priority === 'high'}
        onChange={(isOn) => session.change({ priority: isOn ? 'high' : 'normal' })}
      >
        {t('important')}
      </MenuToggle>
      <MenuToggle
        isOn={content.priority === 'low'}
        onChange={(isOn) => session.change({ priority: isOn ? 'low' : 'normal' })}
      >
        {t('unimportant')}
      </MenuToggle>
      <MenuToggle isOn={content.wantsReceipt} onChange={(wantsReceipt) => session.change({ wantsReceipt })}>
        {t('readReceipt')}
      </MenuToggle>
      {limits?.canNotifyDelivery ? (
        <MenuToggle
          isOn={content.wantsDeliveryNotice}
          onChange={(wantsDeliveryNotice) => session.change({ wantsDeliveryNotice })}
        >
          {t('deliveryNotice')}
        </MenuToggle>
      ) : null}
    </Menu>
  );
}
