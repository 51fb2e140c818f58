import { useTranslations } from 'use-intl';
import { CommandMenuItems } from '#components/commands/command-menu-items.tsx';
import type { CommandContext } from '#components/commands/command.ts';
import { FloatingMenu } from '#components/ui/menu.tsx';
import type { MenuPlace } from '#components/ui/menu.tsx';

/** What can be done with a row, or with all that is selected when the row is among it. Loaded when it is asked for. */
export function RowMenu({
  context,
  at,
  onClose,
}: {
  /** Aimed at the messages the menu belongs to. */
  context: CommandContext;
  at: MenuPlace;
  onClose: () => void;
}) {
  const t = useTranslations('shortcuts');
  return (
    <FloatingMenu
      at={at}
      label={t('menu', { count: context.target.count })}
      onClose={onClose}
      focusAfter={() => document.querySelector<HTMLElement>('#messages [role=row][tabindex="0"]')}
    >
      <CommandMenuItems context={context} />
    </FloatingMenu>
  );
}
