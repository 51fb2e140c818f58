import type { QueryClient } from '@tanstack/react-query';
import type { ComposeStart, RespondHow } from '#lib/client/compose/composers.ts';
import type { DraftStart } from '#lib/client/compose/draft-state.ts';
import { emptyContent } from '#lib/mail/empty-content.ts';
import type { DraftKeeper, KeptDraft } from '#lib/client/compose/kept-drafts.ts';
import { readListHeaders } from '#lib/client/compose/list-headers.ts';
import { chooseIdentity, chooseRecipients, toSubject, toThread } from '#lib/client/compose/respond.ts';
import { readIdentities } from '#lib/client/compose/use-identities.ts';
import { fetchJson, query } from '#lib/client/fetch-json.ts';
import { readMessage } from '#lib/client/use-message.ts';
import { isMailError, MailError } from '#lib/errors.ts';
import type { DraftAttachment, DraftContent, OpenedDraft } from '#lib/mail/draft.ts';
import type { Identity } from '#lib/mail/identity.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';
import { attachWhole } from './attachments/attach-whole.ts';
import { loadFilterWindow } from './editor/filter-window.ts';
import { fromPlainText } from './editor/from-plain-text.ts';
import { quoteMessage, takeAttachments } from './editor/quote-message.ts';
import { sanitizeToHtml } from './editor/sanitize-for-editor.ts';
import { signatureHtml } from './editor/signature.ts';
import { toPlainText } from './editor/to-plain-text.ts';

export interface PrepareTools {
  client: QueryClient;
  keeper: DraftKeeper;
  /** Whether new messages are written with formatting. */
  isRich: boolean;
  /** "On 3 May 2026 at 14:02, Ann Lee wrote:" */
  attribution(message: MessageDetail): string;
  /** The lines above a forwarded message: a heading, then names and values. */
  forwardedHead(message: MessageDetail): { title: string; fields: [string, string][] };
}

type Prepared = Omit<DraftStart, 'shape'>;

/** Everything a composer begins with, read from where it stands. Throws a MailError. */
export async function prepareDraft(start: ComposeStart, tools: PrepareTools): Promise<Prepared> {
  await loadFilterWindow();
  switch (start.type) {
    case 'new': {
      const [identity] = (await readIdentities(tools.client)).identities;
      const { body = '', ...fields } = start.fields;
      return fresh({
        ...emptyContent(identity?.id ?? 'default'),
        ...fields,
        ...toBody(tools, `${body ? fromPlainText(body) : '<p></p>'}${signatureHtml(identity)}`),
      });
    }
    case 'respond':
      return fresh(await respond(start, tools));
    case 'draft': {
      const { mailbox, uidValidity, uid } = start.message;
      const opened = await fetchJson<OpenedDraft>(`/api/drafts?${query({ mailbox, uidValidity, uid })}`);
      return resume(opened, await tools.keeper.find(opened.id));
    }
    case 'id': {
      const kept = await tools.keeper.find(start.id);
      if (kept && !kept.isSaved) return fromKept(kept);
      try {
        return resume(await fetchJson<OpenedDraft>(`/api/drafts/${start.id}`), kept);
      } catch (error) {
        // Without the server the words that are here serve as well.
        if (kept && isMailError(error) && error.code !== 'already-sending') return fromKept(kept);
        throw error;
      }
    }
  }
}

function fresh(content: DraftContent): Prepared {
  return {
    id: crypto.randomUUID(),
    writer: crypto.randomUUID(),
    content,
    version: null,
    savedAt: null,
    isDirty: false,
    files: [],
  };
}

function fromKept({ id, writer, content, version, isSaved, files, keptAt }: KeptDraft): Prepared {
  return {
    id,
    writer,
    content,
    version,
    savedAt: isSaved ? new Date(keptAt).toISOString() : null,
    isDirty: !isSaved,
    files,
  };
}

function resume({ id, version, savedAt, content, outgoing }: OpenedDraft, kept: KeptDraft | null): Prepared {
  if (outgoing && (outgoing.state === 'waiting' || outgoing.state === 'sending'))
    throw new MailError('already-sending');
  if (kept && (!kept.isSaved || kept.files.length > 0)) return fromKept(kept);
  return { id, writer: kept?.writer ?? crypto.randomUUID(), content, version, savedAt, isDirty: false, files: [] };
}

async function respond(
  { how, message: ref, more = [], selection }: Extract<ComposeStart, { type: 'respond' }>,
  tools: PrepareTools,
): Promise<DraftContent> {
  const [{ identities }, message, headers] = await Promise.all([
    readIdentities(tools.client),
    readMessage(tools.client, ref),
    readListHeaders(ref),
  ]);
  const identity = chooseIdentity(message, headers, identities);
  const empty = emptyContent(identity?.id ?? 'default');
  if (how === 'resend') {
    return {
      ...empty,
      html: null,
      subject: toSubject(how, message.subject),
      attachments: [attachWhole(ref, message)],
      related: [{ how: 'forwards', message: ref }],
      resends: true,
    };
  }
  const own = identities.map(({ address }) => address);
  const isForward = how === 'forward' || how === 'forward-attached';
  const { body, attachments } = toQuotedBody(how, message, identity, selection, tools);
  const whole = how === 'forward-attached' ? [ref, ...more] : more;
  return {
    ...empty,
    ...chooseRecipients(how, message, headers, own),
    ...toThread(how, message),
    ...toBody(tools, body),
    subject: toSubject(how, message.subject),
    attachments: [...attachments, ...whole.map((one) => attachWhole(one, one === ref ? message : null))],
    related:
      how === 'edit-as-new'
        ? []
        : [ref, ...more].map((one) => ({
            how: isForward ? ('forwards' as const) : ('answers' as const),
            message: one,
          })),
  };
}

function toQuotedBody(
  how: RespondHow,
  message: MessageDetail,
  identity: Identity | undefined,
  selection: string | undefined,
  tools: PrepareTools,
): { body: string; attachments: DraftAttachment[] } {
  if (how === 'forward-attached') return { body: `<p></p>${signatureHtml(identity)}`, attachments: [] };
  const { html, pictures } = quoteMessage(message, selection);
  if (how === 'edit-as-new') return { body: html, attachments: [...pictures, ...takeAttachments(message)] };
  const quote = `<blockquote type="cite">${html}</blockquote>`;
  if (how === 'forward') {
    const { title, fields } = tools.forwardedHead(message);
    const head = fromPlainText(
      [`---------- ${title} ----------`, ...fields.map(([name, value]) => `${name}: ${value}`), ''].join('\n'),
    );
    // Marked by its style, so that it is told apart from an answer's quote when the draft is opened again.
    const body = `<p></p>${signatureHtml(identity)}<p></p>${head}<p></p><blockquote type="cite" style="margin:0;padding:0;border:0">${html}</blockquote>`;
    return { body, attachments: [...pictures, ...takeAttachments(message)] };
  }
  const attribution = fromPlainText(tools.attribution(message));
  // A chosen passage is answered below it; a whole letter above it.
  const body =
    selection === undefined
      ? `<p></p>${signatureHtml(identity)}<p></p>${attribution}${quote}`
      : `${attribution}${quote}<p></p>${signatureHtml(identity)}`;
  return { body, attachments: pictures };
}

function toBody({ isRich }: PrepareTools, html: string): Pick<DraftContent, 'html' | 'text'> {
  if (isRich) return { html, text: '' };
  const { body } = new DOMParser().parseFromString(sanitizeToHtml(html), 'text/html');
  return { html: null, text: toPlainText(body) };
}
