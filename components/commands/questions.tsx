import { lazy, Suspense } from 'react';
import { ask, useQuestion } from './asked.ts';
import {
  loadChoose,
  loadDestroy,
  loadLabels,
  loadMarked,
  loadPhishing,
  loadRemove,
  loadSnooze,
  loadUnsubscribe,
} from './load-questions.ts';

const ChooseMailbox = lazy(async () => ({ default: (await loadChoose()).ChooseMailboxDialog }));
const Destroy = lazy(async () => ({ default: (await loadDestroy()).DestroyDialog }));
const Phishing = lazy(async () => ({ default: (await loadPhishing()).PhishingDialog }));
const Marked = lazy(async () => ({ default: (await loadMarked()).MarkedDialog }));
const Remove = lazy(async () => ({ default: (await loadRemove()).RemoveAttachmentsDialog }));
const Labels = lazy(async () => ({ default: (await loadLabels()).LabelsDialog }));
const Unsubscribe = lazy(async () => ({ default: (await loadUnsubscribe()).UnsubscribeDialog }));
const Snooze = lazy(async () => ({ default: (await loadSnooze()).SnoozeDialog }));

/** The dialogs that commands ask with. */
export function Questions() {
  const question = useQuestion();
  if (!question) return null;
  const onClose = () => ask(null);
  const { mailboxes, target, change } = question.context;
  return (
    <Suspense fallback={null}>
      {question.kind === 'destroy' ? (
        <Destroy question={question} onClose={onClose} />
      ) : question.kind === 'phishing' ? (
        <Phishing question={question} onClose={onClose} />
      ) : question.kind === 'remove-marked' ? (
        <Marked question={question} onClose={onClose} />
      ) : question.kind === 'unsubscribe' ? (
        <Unsubscribe question={question} onClose={onClose} />
      ) : question.kind === 'labels' ? (
        <Labels context={question.context} onClose={onClose} />
      ) : question.kind === 'snooze' ? (
        <Snooze context={question.context} onClose={onClose} />
      ) : question.kind === 'remove-attachments' ? (
        target.messages[0] && (
          <Remove message={target.messages[0]} mailboxes={mailboxes} onRemove={change} onClose={onClose} />
        )
      ) : (
        <ChooseMailbox question={question} onClose={onClose} />
      )}
    </Suspense>
  );
}
