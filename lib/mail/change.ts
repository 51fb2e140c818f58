import { z } from 'zod';
import { keywordSchema } from './keyword.ts';
import { messageRefSchema } from './message.ts';

/** Names the wanted state, never "toggle", so that a retry or a replay is harmless. */
export const mailChangeSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('set-keyword'),
    messages: z.array(messageRefSchema).min(1).max(1000),
    keyword: keywordSchema,
    value: z.boolean(),
  }),
]);

export type MailChange = z.infer<typeof mailChangeSchema>;
