import { z } from 'zod';

/** How a page of the browser is looked at: seen; seen by somebody who saves data; or hidden behind others. */
const attentionSchema = z.enum(['seen', 'saving', 'unseen']);

export type Attention = z.infer<typeof attentionSchema>;

/** What a page says when that changes. `page` names it as long as it lives. */
export const attentionChangeSchema = z.object({ page: z.uuid(), attention: attentionSchema });
