import type { MailErrorValue } from '#lib/errors.ts';
import type { DraftContent } from '#lib/mail/draft.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import type { ComposerShape } from './composers.ts';
import type { FileOnItsWay } from './draft-uploads.ts';
import type { KeptFile } from './kept-drafts.ts';

/** Where the words are: nowhere needed yet, on their way, with the server, or only here and why. */
export type Saving =
  | { kind: 'untouched' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: string }
  | { kind: 'failed'; error: MailErrorValue };

export interface DraftState {
  /** The body in it may be a moment older than the editor's; saving and sending ask for the newest. */
  content: DraftContent;
  saving: Saving;
  /** Files that are not on the server whole, in the order they came. */
  files: readonly FileOnItsWay[];
  /** Somebody saved another version of this draft elsewhere. Nothing is saved until the person has decided. */
  conflict: { version: MessageRef; savedAt: string } | null;
  /** The version this grew from was deleted or sent elsewhere; the words went into a new draft. */
  baseWasGone: boolean;
}

export type DraftBody = Pick<DraftContent, 'html' | 'text'>;

/** What a draft begins with, wherever it was read from. */
export interface DraftStart {
  id: string;
  writer: string;
  content: DraftContent;
  version: MessageRef | null;
  savedAt: string | null;
  /** There is something that the server does not have. */
  isDirty: boolean;
  files: KeptFile[];
  /** Null: a page of its own, which its address opens again. */
  shape: ComposerShape | null;
}
