import 'server-only';
import { randomUUID } from 'node:crypto';
import { MailError } from '#lib/errors.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import type { AuthSession } from '#server/auth/auth-session.ts';
import { env } from '#server/env.ts';
import { readIdentities } from '#server/mail/compose/identities.ts';
import { sendMessage } from '#server/mail/outbox/send-message.ts';

/**
 * Sends a message whole, as it came, to the address that the administrator named for reports (message/rfc822, RFC 2046 section 5.2.1). It
 * is written down before this answers, so that the message may be moved then. Throws a MailError, as sending does.
 */
export async function reportPhishing(auth: AuthSession, message: MessageRef): Promise<void> {
  const { phishingReportAddress } = env();
  const [identity] = readIdentities(auth.account).identities;
  if (!phishingReportAddress || !identity) throw new MailError('invalid-input');
  const answer = await sendMessage(auth, {
    id: randomUUID(),
    writer: randomUUID(),
    base: null,
    key: randomUUID(),
    when: { kind: 'undoable', seconds: 0 },
    content: {
      identity: identity.id,
      to: [{ name: null, address: phishingReportAddress }],
      cc: [],
      bcc: [],
      replyTo: [],
      subject: 'Phishing report',
      html: null,
      text: 'The attached message was reported as phishing.',
      inReplyTo: null,
      references: [],
      related: [],
      attachments: [
        {
          id: randomUUID(),
          name: 'reported.eml',
          mediaType: 'message/rfc822',
          size: 0, // Of one that is on the mail server already; the whole is measured while it is written down.
          contentId: null,
          source: { kind: 'message', message },
        },
      ],
      priority: 'normal',
      wantsReceipt: false,
      wantsDeliveryNotice: false,
    },
  });
  if (!answer.queued) throw new MailError('unexpected');
}
