import { useTranslations } from 'use-intl';
import { useMailContext } from '#components/commands/mail-context.tsx';
import { runCommand } from '#components/commands/run-command.ts';
import { emptyMailbox } from '#components/commands/whole-mailbox.ts';
import { Button } from '#components/ui/button.tsx';

/** In Trash and Spam: the way to be rid of all of it. */
export function EmptyBar({ name }: { name: string }) {
  const t = useTranslations('bulk');
  const context = useMailContext();
  if (!emptyMailbox.isShown(context)) return null;
  return (
    <div className="flex h-10 shrink-0 items-center justify-end border-b border-line px-2 pointer-coarse:h-14">
      <Button
        look="quiet"
        disabled={emptyMailbox.whyNot(context) !== null}
        onClick={() => runCommand(emptyMailbox, context)}
      >
        {t('empty', { name })}
      </Button>
    </div>
  );
}
