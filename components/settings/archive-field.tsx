import { useTranslations } from 'use-intl';
import { canFileArchive } from '#lib/client/mailbox/archive-target.ts';
import { useMailboxes } from '#lib/client/mailbox/use-mailboxes.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';
import { Choice } from './fields.tsx';

/** Where archived messages go; not asked where the archive can't have anything below it. */
export function ArchiveField() {
  const t = useTranslations('settings');
  const { preferences, set } = usePreferences();
  const { mailboxes } = useMailboxes();
  if (!canFileArchive(mailboxes)) return null;
  return (
    <Choice
      label={t('archiveBy')}
      hint={t('archiveByHint')}
      value={preferences.archiveBy}
      options={[
        ['none', t('archiveByNone')],
        ['year', t('archiveByYear')],
        ['month', t('archiveByMonth')],
      ]}
      onChange={(archiveBy) => set({ archiveBy })}
    />
  );
}
