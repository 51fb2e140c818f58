import 'server-only';
import { hearFromProcess } from '#server/events/hub.ts';
import { endStream } from '#server/events/open-streams.ts';
import { linkProcesses, ownProcess, unlinkProcesses } from '#server/processes/links.ts';
import type { ProcessMessage } from '#server/processes/message.ts';
import { forgetProcess } from '#server/store/process-rows.ts';
import { hearOfOutbox } from '#server/mail/outbox/run-outbox.ts';
import { noteTaskHeard } from './tasks/tasks.ts';

/** From now on a person's own change in another server process on the same store shows here at once, and the other way round. */
export function joinProcesses(): Promise<void> {
  return linkProcesses({ onMessage: hear, onGone: forgetProcess });
}

export async function leaveProcesses(): Promise<void> {
  await unlinkProcesses();
  forgetProcess(ownProcess());
}

function hear(message: ProcessMessage): void {
  switch (message.kind) {
    case 'hello':
      return; // Between the lines' own ends.
    case 'outbox':
      return hearOfOutbox();
    case 'end-stream':
      return endStream(message.stream);
    default: {
      const isHeard = hearFromProcess(message);
      if (isHeard && message.kind === 'fact' && message.fact.type === 'task-progress') noteTaskHeard(message.fact.task);
    }
  }
}
