import { z } from 'zod';

/**
 * How the mailing list that a message came from lets one go (List-Unsubscribe, RFC 2369 section 3.2). Everything in it was written by
 * whoever wrote the message.
 */
export interface ListExit {
  /** What the list calls itself (List-Id, RFC 2919); null: it has no name besides its sender's. */
  list: string | null;
  way: ExitWay;
}

export type ExitWay =
  /**
   * Our server asks the list's, once (RFC 8058). `isProven`: a trusted server saw the signature that its section 4 asks for; false: none
   * looked, or none is trusted.
   */
  | { kind: 'one-click'; url: string; host: string; isProven: boolean }
  /** By a message of ours, from the address that the list wrote to. */
  | { kind: 'mail'; from: string; to: string; subject: string; text: string }
  /** On a page of the list's, where the person goes on. */
  | { kind: 'page'; url: string; host: string };

/**
 * `POST /api/messages/{uid}/unsubscribe`, with mailbox and uidValidity. The way is read from the message; this is the one
 * that was confirmed.
 */
export const unsubscribeSchema = z.object({
  way: z.enum(['one-click', 'mail']),
  /** Chosen by the browser for this press of the button: a message asked for twice is sent once. */
  key: z.uuid(),
});

export type UnsubscribeRequest = z.infer<typeof unsubscribeSchema>;

/** `refused`: the list's server said no, or sent us elsewhere; `unreachable`: it gave no answer, or is none that may be asked. */
export interface UnsubscribeAnswer {
  outcome: 'done' | 'refused' | 'unreachable';
}
