import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { visibleText } from '#lib/format/visible-text.ts';
import type { Warning } from './warnings.ts';

/** What may be a mistake, all at once; the message goes when the person says so. */
export function WarningsDialog({
  warnings,
  onBack,
  onSend,
}: {
  warnings: readonly Warning[];
  onBack: () => void;
  onSend: () => void;
}) {
  const t = useTranslations('compose');
  const textOf = (warning: Warning) => {
    switch (warning.kind) {
      case 'no-subject':
        return t('warnSubject');
      case 'attachment-missing':
        return t('warnAttachment', { word: warning.word });
      case 'many-recipients':
        return t('warnMany', { count: warning.count });
      case 'look-alike':
        return t('warnLookAlike', { address: visibleText(warning.address), like: warning.like });
    }
  };
  return (
    <Dialog title={t('warnTitle')} closeLabel={t('keepWriting')} onClose={onBack}>
      <ul className="mb-5 space-y-2 text-list leading-normal">
        {warnings.map((warning, index) => (
          <li key={index}>{textOf(warning)}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-3">
        <Button look="primary" autoFocus onClick={onBack}>
          {t('keepWriting')}
        </Button>
        <Button onClick={onSend}>{t('sendAnyway')}</Button>
      </div>
    </Dialog>
  );
}
