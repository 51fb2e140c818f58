import 'server-only';
import type { DeliveryReport, ReportedRecipient } from '#lib/mail/delivery-report.ts';
import type { PartNode } from '#lib/mail/part-node.ts';
import { visibleText } from '#lib/format/visible-text.ts';
import { parseHeaders } from './headers.ts';

/** Nobody reads more. */
const maxRecipients = 100;
const maxReason = 500;

const actions: readonly string[] = [
  'failed',
  'delayed',
  'delivered',
  'relayed',
  'expanded',
] satisfies ReportedRecipient['action'][];

/** The part that says for programs what became of a message (multipart/report, RFC 6522); null for other messages. */
export function findDeliveryStatus(root: PartNode): PartNode | null {
  if (
    root.mediaType !== 'multipart/report' ||
    !/^delivery-status$/i.test(root.parameters['report-type'] ?? 'delivery-status')
  )
    return null;
  return root.children.find(({ mediaType }) => /^message\/(global-)?delivery-status$/.test(mediaType)) ?? null;
}

/**
 * A message/delivery-status part (RFC 3464): one block of fields for the message, then one for each recipient. Whoever wrote it
 * may lie; it is shown as what it says. Null when it names no recipient.
 */
export function parseDeliveryReport(text: string): DeliveryReport | null {
  const blocks = text.replace(/\r\n?/g, '\n').split(/\n\n+/);
  const recipients = blocks.flatMap((block): ReportedRecipient[] => {
    const fields = new Map(parseHeaders(Buffer.from(block)).map(({ name, value }) => [name.toLowerCase(), value]));
    const address = typed(fields.get('original-recipient')) || typed(fields.get('final-recipient'));
    const action = fields.get('action')?.trim().toLowerCase() ?? '';
    if (!address || !isAction(action)) return [];
    const status = /\d\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0] ?? '';
    const reason = visibleText(typed(fields.get('diagnostic-code')))
      .replace(/\s+/g, ' ')
      .slice(0, maxReason);
    return [{ address: visibleText(address).slice(0, 400), action, status, reason: reason || null }];
  });
  return recipients.length > 0 ? { recipients: recipients.slice(0, maxRecipients) } : null;
}

/** The value of a field that begins with its type: "rfc822; ann@else.test" (section 2.1.2). */
function typed(value: string | undefined): string {
  return value?.replace(/^[^;]*;/, '').trim() ?? '';
}

function isAction(action: string): action is ReportedRecipient['action'] {
  return actions.includes(action);
}
