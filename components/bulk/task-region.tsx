import { useEffect, useId } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { forgetTask, useTasks } from '#lib/client/bulk/bulk-store.ts';
import { cancelBulk, undoBulk } from '#lib/client/bulk/run-bulk.ts';
import { showToast } from '#lib/client/toasts.ts';
import { useErrorToast } from '#lib/client/use-error-toast.ts';
import type { MailErrorValue } from '#lib/errors.ts';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import type { Task } from '#lib/mail/task.ts';
import { isEnded } from '#lib/mail/task-ends.ts';
import { acts as actLog } from '#lib/client/acts/act-store.ts';
import { useTurn } from '#lib/client/acts/use-turn.ts';
import { useTaskWords } from './task-words.ts';

/** A bar that came for a moment only would be a flash. Milliseconds. */
const lingerMs = 500;

/** Acts on many messages that are under way, each with how far it is; in the corner, over nothing that is being read. */
export function TaskRegion({ mailboxes }: { mailboxes: readonly Mailbox[] }) {
  const t = useTranslations('bulk');
  const tasks = useTasks();
  const words = useTaskWords(mailboxes);
  return (
    <section
      aria-label={t('region')}
      className="no-print pointer-events-none fixed end-4 bottom-4 z-40 flex w-[min(340px,calc(100vw-32px))] flex-col gap-2 pb-[env(safe-area-inset-bottom)] max-two:bottom-20"
    >
      {tasks.map((task) => (
        <TaskCard key={task.id} task={task} words={words} />
      ))}
    </section>
  );
}

function TaskCard({ task, words }: { task: Task; words: (task: Task) => string }) {
  const t = useTranslations('bulk');
  const acts = useTranslations('acts');
  const errors = useTranslations('errors');
  const common = useTranslations('common');
  const turn = useTurn();
  const errorToast = useErrorToast();
  const nameId = useId();
  const isOver = isEnded(task);
  const dealtWith = task.done + task.kept + task.missing;

  useEffect(() => {
    if (!isOver) return;
    const timer = setTimeout(() => {
      const entry = actLog.get().log.find((one) => one.task === task.id);
      const refused = ({ code }: MailErrorValue) => errorToast(code, errors('changeFailed', { reason: errors(code) }));
      const run = () => (entry ? turn(entry.id) : undoBulk(task.id, refused));
      const isWhole = task.state === 'done' && task.kept + task.missing === 0;
      const rest = { place: 'act', ...(task.canUndo ? { action: { label: acts('undo'), run } } : {}) };
      if (task.state === 'failed') errorToast(task.error, words(task), rest);
      // What became of a label was said in its own words when it began.
      else if (!entry?.labels || task.isUndo || !isWhole) showToast({ kind: 'info', text: words(task), ...rest });
      forgetTask(task.id);
    }, lingerMs);
    return () => clearTimeout(timer);
  }, [isOver, task, words, turn, acts, errors, errorToast]);

  return (
    <div className="pointer-events-auto rounded-lg border border-line bg-raised p-3 text-meta shadow-float">
      <div className="flex items-center gap-3">
        <span id={nameId} className="min-w-0 flex-1 truncate" dir="auto">
          {words(task)}
        </span>
        <Button look="quiet" disabled={isOver} onClick={() => cancelBulk(task.id)}>
          {common('cancel')}
        </Button>
      </div>
      <div
        role="progressbar"
        aria-labelledby={nameId}
        aria-valuemin={0}
        aria-valuemax={task.total}
        aria-valuenow={dealtWith}
        aria-valuetext={t('progress', { done: dealtWith, total: task.total })}
        className="mt-2 h-1.5 overflow-hidden rounded-full bg-pressed forced-colors:border"
      >
        <div
          className="h-full rounded-full bg-accent forced-colors:bg-[Highlight]"
          style={{ width: `${task.total ? Math.round((dealtWith / task.total) * 100) : 0}%` }}
        />
      </div>
      <p className="mt-1.5 text-small text-muted tabular-nums">
        {task.state === 'waiting' ? t('waiting') : t('progress', { done: dealtWith, total: task.total })}
      </p>
    </div>
  );
}
