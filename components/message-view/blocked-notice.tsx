import { Ban } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { visibleText } from '#lib/format/visible-text.ts';

interface Props {
  address: string;
  /** The message is not shown yet. */
  isFolded: boolean;
  onShow: () => void;
  onUnblock: () => void;
}

/** Stands before the words of somebody the person does not want to hear from. */
export function BlockedNotice({ address, isFolded, onShow, onUnblock }: Props) {
  const t = useTranslations('blocking');
  return (
    <div
      role="note"
      className="no-print mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md border border-line bg-hover px-3 py-2 text-meta text-muted"
    >
      <p className="flex min-w-0 flex-1 basis-60 items-start gap-2 leading-normal wrap-anywhere">
        <Icon of={Ban} size={16} className="mt-0.5 shrink-0" />
        <span>{t('notice', { address: visibleText(address) })}</span>
      </p>
      <span className="flex flex-wrap gap-2">
        {isFolded ? <Button onClick={onShow}>{t('show')}</Button> : null}
        <Button onClick={onUnblock}>{t('unblock')}</Button>
      </span>
    </div>
  );
}
