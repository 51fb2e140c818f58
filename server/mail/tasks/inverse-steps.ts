import 'server-only';
import { uniteUids } from '#lib/mail/uid-set.ts';
import type { TaskStep } from '#server/store/task-rows.ts';

/** What takes batches back, as few steps as it can be: keywords first, where the messages still are, then their way back. */
export function inverseSteps(steps: readonly TaskStep[]): TaskStep[] {
  const joined = new Map<string, TaskStep>();
  for (const step of steps) {
    const { mailbox, uidValidity, acts, unchangedSince } = step;
    const key = JSON.stringify([mailbox, uidValidity, acts, unchangedSince]);
    const known = joined.get(key);
    joined.set(key, { ...step, uids: known ? uniteUids(known.uids, step.uids) : step.uids });
  }
  const isMarking = ({ acts }: TaskStep) => acts.every(({ type }) => type === 'set-keyword');
  const all = [...joined.values()];
  return [...all.filter(isMarking), ...all.filter((step) => !isMarking(step))];
}
