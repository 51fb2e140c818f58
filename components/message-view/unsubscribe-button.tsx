import { useTranslations } from 'use-intl';
import { useMailContext } from '#components/commands/mail-context.tsx';
import { aimedAt, runCommand } from '#components/commands/run-command.ts';
import { unsubscribe } from '#components/commands/unsubscribe.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';

/** Beside the sender of a list's message: asks first, and says what goes where. */
export function UnsubscribeButton({ message }: { message: MessageDetail }) {
  const t = useTranslations('exit');
  const context = aimedAt(useMailContext(), [message]);
  if (message.exit === null || !unsubscribe.isShown(context)) return null;
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      className="no-print -my-[3px] h-6 shrink-0 rounded-sm px-1 text-muted underline hover:text-ink pointer-coarse:-my-[13px] pointer-coarse:h-11"
      onClick={() => void runCommand(unsubscribe, context)}
    >
      {t('button')}
    </button>
  );
}
