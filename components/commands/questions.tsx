import { ask, useQuestion } from './asked.ts';
import { ChooseMailbox, Destroy, Labels, Marked, Phishing, Remove, Snooze, Unsubscribe } from './lazy-questions.ts';

/** The dialogs that commands ask with. */
export function Questions() {
  const question = useQuestion();
  if (!question) return null;
  const onClose = () => ask(null);
  const { mailboxes, target, change } = question.context;
  return (
    <>
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
    </>
  );
}
