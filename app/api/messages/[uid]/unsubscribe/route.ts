import { z } from 'zod';
import { unsubscribeSchema } from '#lib/mail/list-exit.ts';
import { mailPostRoute } from '#server/auth/mail-route.ts';
import { postedRef } from '#server/mail/inputs.ts';
import { unsubscribe } from '#server/mail/message/unsubscribe.ts';

const schema = z.intersection(unsubscribeSchema, postedRef);

/** Leaves the list that a message came from, after a click: answers `{outcome}`. No action, which would keep all others waiting. */
export const POST = mailPostRoute(
  schema,
  async ({ auth, input: { way, key, mailbox, uidValidity, uid } }) =>
    unsubscribe(auth, { mailbox, uidValidity, uid }, { way, key }),
  { isUse: true },
);
