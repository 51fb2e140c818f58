import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { TimeChoice } from '#components/time/time-choice.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { scheduleChoices } from './schedule-choices.ts';

/** When it should go: times people often mean, or any. Says what it costs to have it sent while one is away. */
export function ScheduleDialog({ onClose, onChoose }: { onClose: () => void; onChoose: (at: string) => void }) {
  const t = useTranslations('compose');
  const common = useTranslations('common');
  const [choices] = useState(() => scheduleChoices(new Date()));
  return (
    <Dialog title={t('scheduleSend')} closeLabel={common('close')} onClose={onClose}>
      <TimeChoice
        choices={choices.map(({ id, at }) => ({ id, at, label: t(id) }))}
        submit={t('schedule')}
        onChoose={onChoose}
      />
      <p className="mt-4 text-meta leading-normal text-muted">{t('scheduleRisk')}</p>
    </Dialog>
  );
}
