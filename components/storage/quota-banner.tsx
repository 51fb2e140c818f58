import { TriangleAlert, X } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { Icon } from '#components/ui/icon.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { useMailboxes } from '#lib/client/mailbox/use-mailboxes.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';
import { useQuotaText } from '#lib/client/storage/use-quota-text.ts';
import { levelOf } from '#lib/mail/quota.ts';

/** Says at 80 % and at 95 % that the account is filling up, and what helps; once each, until there was room again. */
export function QuotaBanner() {
  const t = useTranslations('storage');
  const errors = useTranslations('errors');
  const common = useTranslations('common');
  const { quota } = useMailboxes();
  const { preferences, set } = usePreferences();
  const text = useQuotaText(quota);
  const level = levelOf(quota);
  const { quotaToldAt } = preferences;
  const hasRoomAgain = quota !== null && level < quotaToldAt;

  useEffect(() => {
    if (hasRoomAgain) void set({ quotaToldAt: level });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `set` is another at every render, and is called once for each level.
  }, [hasRoomAgain, level]);

  if (text === null || level <= quotaToldAt) return null;
  return (
    <div
      role="status"
      className="no-print flex items-center gap-3 border-b border-line bg-raised py-1 ps-4 pe-2 text-meta leading-normal"
    >
      <Icon of={TriangleAlert} size={16} className="shrink-0 text-warn" />
      <p className="min-w-0 flex-1 py-1">
        {t(level === 95 ? 'almostFull' : 'fillingUp', { text })}{' '}
        <a href="/settings/storage" className="text-accent underline pointer-coarse:py-3">
          {errors('makeRoom')}
        </a>
      </p>
      <IconButton icon={X} label={common('close')} onClick={() => void set({ quotaToldAt: level })} />
    </div>
  );
}
