import type { Address } from '#lib/mail/address.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { makeStore, useStore } from '#lib/client/external-store.ts';

/**
 * How a message is taken up again. `forward-attached` hangs the message on as a file; `edit-as-new` writes it once
 * more; `resend` gives it to others as it is.
 */
export type RespondHow =
  'reply' | 'reply-all' | 'reply-list' | 'forward' | 'forward-attached' | 'edit-as-new' | 'resend';

/** Fields of a new message, as a `mailto:` link or the page's address gives them (RFC 6068). */
export interface NewMessageFields {
  to?: Address[];
  cc?: Address[];
  bcc?: Address[];
  subject?: string;
  /** Plain text. */
  body?: string;
}

/** What a composer begins with. */
export type ComposeStart =
  | { type: 'new'; fields: NewMessageFields }
  | {
      type: 'respond';
      how: RespondHow;
      message: MessageRef;
      /** Other messages that are forwarded with it, as files. */
      more?: MessageRef[];
      /** HTML of what was selected in the message: then only that is quoted. Hostile. */
      selection?: string;
    }
  /** A draft that stands in a mailbox. */
  | { type: 'draft'; message: MessageRef }
  /** A draft by its id: kept in this browser, or on the server. */
  | { type: 'id'; id: string };

/** `docked` at the bottom, `folded` to its title, `full` over the mail. */
export type ComposerShape = 'docked' | 'folded' | 'full';

export interface OpenComposer {
  /** Of the window; the draft's own id is known once it is read. */
  key: string;
  start: ComposeStart;
  shape: ComposerShape;
  /** Counts up: the one that was opened or unfolded last has the highest. */
  turn: number;
}

const none: readonly OpenComposer[] = [];
const composers = makeStore<readonly OpenComposer[]>(none);

/** Open at once at most: more than that are found in Drafts. */
const mostOpen = 6;

export function useComposers(): readonly OpenComposer[] {
  return useStore(composers, none);
}

export function openComposers(): readonly OpenComposer[] {
  return composers.get();
}

/** Opens a composer; the same draft or answer that is open already is brought forward instead. */
export function openComposer(start: ComposeStart, shape: ComposerShape = 'docked'): void {
  const open = composers.get();
  const same = start.type === 'new' ? undefined : open.find((one) => isSame(one.start, start));
  if (same) return shapeComposer(same.key, same.shape === 'folded' ? shape : same.shape);
  const key = crypto.randomUUID();
  const others = open.map((one) =>
    one.shape === 'full' && shape === 'full' ? { ...one, shape: 'folded' as const } : one,
  );
  composers.set([...others, { key, start, shape, turn: nextTurn() }].slice(-mostOpen));
}

export function shapeComposer(key: string, shape: ComposerShape): void {
  composers.set(
    composers
      .get()
      .map((one) => (one.key === key ? { ...one, shape, turn: shape === 'folded' ? one.turn : nextTurn() } : one)),
  );
}

export function closeComposer(key: string): void {
  composers.set(composers.get().filter((one) => one.key !== key));
}

let turns = 0;

function nextTurn(): number {
  return (turns += 1);
}

function isSame(a: ComposeStart, b: ComposeStart): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
