import { useTranslations } from 'use-intl';
import { useMailContext } from '#components/commands/mail-context.tsx';
import { runCommand } from '#components/commands/run-command.ts';
import { emptyMailbox } from '#components/commands/whole-mailbox.ts';
import { Button } from '#components/ui/button.tsx';
import { keptDaysOf } from '#lib/mail/kept-days.ts';

/** In Trash and Spam: the way to be rid of all of it, and when the server is. */
export function EmptyBar({ name }: { name: string }) {
  const t = useTranslations('bulk');
  const kept = useTranslations('kept');
  const context = useMailContext();
  if (!emptyMailbox.isShown(context)) return null;
  const role = context.mailboxes.find(({ path }) => path === context.mailbox)?.role ?? null;
  const days = keptDaysOf(context.keptDays, role);
  return (
    <div className="flex min-h-10 shrink-0 items-center gap-2 border-b border-line ps-4 pe-2 pointer-coarse:min-h-14">
      <p className="min-w-0 flex-1 py-1 text-small leading-snug text-muted">
        {days === null ? null : kept('removedAfter', { days })}
      </p>
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
