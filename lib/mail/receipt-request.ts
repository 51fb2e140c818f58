import { z } from 'zod';

/**
 * Somebody asks to be told that a message was read (Disposition-Notification-To, RFC 8098 section 2.1). Hostile like
 * all of the message.
 */
export interface ReceiptRequest {
  name: string | null;
  address: string;
  /** The message came from there (Return-Path). Else one asks again before anything goes there. */
  isSender: boolean;
}

/** `POST /api/messages/{uid}/receipt`, with mailbox and uidValidity. */
export const answerReceiptSchema = z.object({
  answer: z.enum(['send', 'decline']),
  /** What the receipt's words are written in. */
  language: z.enum(['en', 'de', 'ar']),
});

export type AnswerReceipt = z.infer<typeof answerReceiptSchema>;

export interface ReceiptAnswer {
  /** `before`: it was answered already, here or on another device. */
  outcome: 'sent' | 'declined' | 'before';
  /** The mail server keeps in mind that it was answered. */
  isKept: boolean;
}
