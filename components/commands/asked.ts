import { makeStore, useStore } from '#lib/client/external-store.ts';
import type { CommandContext } from './command.ts';

/** A question that a command has before it acts, about the messages it was called for. */
export interface Question {
  kind:
    | 'move'
    | 'copy'
    | 'destroy'
    | 'labels'
    | 'phishing'
    | 'snooze'
    | 'unsubscribe'
    | 'remove-attachments'
    | 'remove-marked';
  context: CommandContext;
}

const asked = makeStore<Question | null>(null);

export function ask(question: Question | null): void {
  asked.set(question);
}

export function useQuestion(): Question | null {
  return useStore(asked, null);
}

/** Keys belong to the question as soon as it is asked, also while its dialog is on its way. */
export function isAsking(): boolean {
  return asked.get() !== null;
}
