import type { MessageRef } from './message.ts';

/**
 * A message to begin with: its subject is its name. `GET /api/templates` answers `{templates: Template[]}`; saved and
 * opened like a draft.
 */
export interface Template {
  ref: MessageRef;
  name: string;
  /** ISO 8601. */
  savedAt: string;
}
