import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { TimeChoice } from '#components/time/time-choice.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { useIsPublicComputer } from '#lib/client/session/public-computer.tsx';
import { useLabels } from '#lib/client/labels/use-labels.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';
import { longestSnooze } from '#lib/mail/snooze.ts';
import type { CommandContext } from './command.ts';
import { snoozeChoices } from './snooze-choices.ts';
import { snoozeTarget } from './snooze-target.ts';

const day = 24 * 3600_000;

/** Until when: times people often mean, or any. Says what it means for the password, and where the server can't do it. */
export function SnoozeDialog({ context, onClose }: { context: CommandContext; onClose: () => void }) {
  const t = useTranslations('snooze');
  const common = useTranslations('common');
  const isPublic = useIsPublicComputer();
  const { wakesWhileAway } = usePreferences().preferences;
  const { known } = useLabels(context.target.mailbox);
  const [now] = useState(() => new Date());
  const isPossible = known?.takesNew ?? true;

  function choose(at: string): void {
    onClose();
    snoozeTarget(context, at);
  }

  return (
    <Dialog title={t('titleFor', { count: context.target.count })} closeLabel={common('close')} onClose={onClose}>
      {isPossible ? (
        <>
          <TimeChoice
            choices={snoozeChoices(now).map(({ id, at }) => ({ id, at, label: t(id) }))}
            submit={t('snooze')}
            latest={now.getTime() + longestSnooze * day}
            onChoose={choose}
          />
          <p className="mt-4 text-meta leading-normal text-muted">
            {t(isPublic || !wakesWhileAway ? 'wakesAtSignIn' : 'wakesWhileAway')}
          </p>
        </>
      ) : (
        <p role="alert" className="text-list">
          {t('impossible')}
        </p>
      )}
    </Dialog>
  );
}
