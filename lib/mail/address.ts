import { z } from 'zod';

/** One mailbox of an address header (RFC 5322 section 3.4), decoded. `name` is null where the sender gave none. */
export interface Address {
  name: string | null;
  address: string;
}

/** What may stand in a header at all: a line break would be another header's beginning. */
export const headerText = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => !/[\0-\x08\x0a-\x1f\x7f]/.test(text));

/** An address as somebody writes it: it may be unfinished or none at all (`isDeliverable`), but it never breaks a header. */
export const addressSchema = z.object({ name: headerText(400).nullable(), address: headerText(400) });

export { isDeliverable } from './is-deliverable.ts';
