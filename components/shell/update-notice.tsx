import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { loadOnce } from '#components/ui/load-once.ts';
import { showToast } from '#lib/client/toasts.ts';
import { useUpdateNotices } from '#lib/client/updated.ts';
import { useReload } from '#lib/client/use-reload.ts';

/** Brought with what may be opened later: from an older build it does not come any more. */
export const unseenReload = loadOnce(async () => (await import('#lib/client/reload-unseen.ts')).reloadUnseen);

/** Says that Pipit was updated since the page was loaded, and offers to load it again. Draws nothing itself. */
export function UpdateNotice() {
  const t = useTranslations('common');
  const notices = useUpdateNotices();
  const reload = useReload();
  const isOutdated = notices > 0;
  useEffect(() => {
    if (notices === 0) return;
    showToast({
      kind: 'info',
      place: 'update',
      lasts: true,
      text: t('updated'),
      action: { label: t('reload'), run: () => void reload() },
    });
  }, [notices, t, reload]);
  useEffect(() => {
    if (!isOutdated) return;
    let isHere = true;
    let end = () => {};
    unseenReload.load().then(
      (begin) => isHere && (end = begin()),
      () => {}, // Then only the person loads it again.
    );
    return () => {
      isHere = false;
      end();
    };
  }, [isOutdated]);
  return null;
}
