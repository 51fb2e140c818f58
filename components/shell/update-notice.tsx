import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { loadOnce } from '#components/ui/load-once.ts';
import { showToast } from '#lib/client/toasts.ts';
import { reloadPage, useUpdateNotices } from '#lib/client/updated.ts';

/** Brought with what may be opened later: from an older build it does not come any more. */
export const unseenReload = loadOnce(async () => (await import('#lib/client/reload-unseen.ts')).reloadUnseen);

/** Says that Pipit was updated since the page was loaded, and offers to load it again. Draws nothing itself. */
export function UpdateNotice() {
  const t = useTranslations('common');
  const notices = useUpdateNotices();
  const isOutdated = notices > 0;
  useEffect(() => {
    if (notices === 0) return;
    showToast({
      kind: 'info',
      place: 'update',
      lasts: true,
      text: t('updated'),
      action: {
        label: t('reload'),
        run: () =>
          void reloadPage().then(
            (isDone) => isDone || showToast({ kind: 'error', place: 'update', text: t('updateUnsaved') }),
          ),
      },
    });
  }, [notices, t]);
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
