import { ChevronsUpDown, LogOut, Settings } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useSignOut } from '#components/session/use-sign-out.ts';
import { Icon } from '#components/ui/icon.tsx';
import { Menu, MenuItem } from '#components/ui/menu.tsx';
import { goToPage } from '#lib/client/layers.ts';
import { initials, tintOf } from '#lib/format/display-name.ts';

export function AccountMenu({ address }: { address: string }) {
  const t = useTranslations('shell');
  const signOut = useSignOut();
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={t('account')}
          title={address}
          className="flex h-9 min-w-0 items-center gap-2 rounded-md px-2 hover:bg-hover pointer-coarse:h-11 rail:justify-center rail:px-0"
        >
          <span
            aria-hidden="true"
            className={`tinted tint-${tintOf(address)} flex size-6 shrink-0 items-center justify-center rounded-full text-tiny font-semibold`}
          >
            {initials({ name: null, address })}
          </span>
          <span className="min-w-0 flex-1 truncate text-start text-meta rail:hidden" dir="ltr">
            {address}
          </span>
          <Icon of={ChevronsUpDown} size={14} className="shrink-0 text-faint rail:hidden" />
        </button>
      }
    >
      <MenuItem icon={Settings} onSelect={() => goToPage('/settings/reading')}>
        {t('settings')}
      </MenuItem>
      <MenuItem icon={LogOut} onSelect={() => void signOut()}>
        {t('signOut')}
      </MenuItem>
    </Menu>
  );
}
