import { lazy, Suspense, useEffect } from 'react';
import { ask, useQuestion } from './asked.ts';

const loadChoose = () => import('./choose-mailbox-dialog.tsx');
const loadDestroy = () => import('./destroy-dialog.tsx');
const loadLabels = () => import('#components/labels/labels-dialog.tsx');

const ChooseMailbox = lazy(async () => ({ default: (await loadChoose()).ChooseMailboxDialog }));
const Destroy = lazy(async () => ({ default: (await loadDestroy()).DestroyDialog }));
const Labels = lazy(async () => ({ default: (await loadLabels()).LabelsDialog }));

/** The dialogs that commands ask with; loaded when nothing else is to be done, so that they are there when a key asks. */
export function Questions() {
  const question = useQuestion();
  useEffect(() => {
    const load = () => void Promise.all([loadChoose(), loadDestroy(), loadLabels()]).catch(() => {}); // Asking loads them again.
    if (typeof requestIdleCallback === 'undefined') return;
    const idle = requestIdleCallback(load, { timeout: 5_000 });
    return () => cancelIdleCallback(idle);
  }, []);
  if (!question) return null;
  const onClose = () => ask(null);
  return (
    <Suspense fallback={null}>
      {question.kind === 'destroy' ? (
        <Destroy question={question} onClose={onClose} />
      ) : question.kind === 'labels' ? (
        <Labels context={question.context} onClose={onClose} />
      ) : (
        <ChooseMailbox question={question} onClose={onClose} />
      )}
    </Suspense>
  );
}
