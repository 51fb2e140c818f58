import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import { isMailError } from '#lib/errors.ts';
import type { DraftAttachment, DraftContent, SaveDraftAnswer, SaveDraftRequest } from '#lib/mail/draft.ts';
import type { MailboxPath } from '#lib/mail/mailbox.ts';
import type { AuthSession } from '#server/auth/auth-session.ts';
import { findByContentId } from '#server/content/choose-parts.ts';
import { readDraftVersions, removeDraftVersions, storeDraftVersion } from '#server/imap/draft-versions.ts';
import type { DraftVersion } from '#server/imap/draft-versions.ts';
import { forgetRoleMailbox, roleMailbox } from '#server/mail/role-mailbox.ts';
import { imapSession } from '#server/imap/sessions.ts';
import { asciiDomain, composeMessage, dateField } from '#server/smtp/compose-message.ts';
import { partIdOf, planFiles, withoutSource } from './draft-files.ts';
import { planDraft } from './draft-plan.ts';
import { formatDraftFields } from './draft-settings.ts';
import { accountAddress, readIdentities } from './identities.ts';
import { judgeVersions } from './judge-versions.ts';
import type { JudgedVersion } from './judge-versions.ts';
import { oneAtATime } from '#server/mail/one-at-a-time.ts';
import { maxEncodedSize } from '#server/mail/outbox/sending-limits.ts';
import { sessionFeed } from '#server/mail/feed/session-feed.ts';
import { spool } from '#server/mail/outbox/spool.ts';

/** What is answered, and the version as it stands in the mailbox: null after a conflict. */
export interface SavedDraft {
  answer: SaveDraftAnswer;
  stored: DraftVersion | null;
}

/**
 * Saves a version of a draft into Drafts, attachments included, in place of those before it. What another writer saved meanwhile is
 * a conflict and nothing is written; words that stand there already are not written twice. Throws a MailError.
 */
export async function saveDraft(auth: AuthSession, request: SaveDraftRequest): Promise<SavedDraft> {
  const session = imapSession(auth);
  return oneAtATime(`draft ${session.accountKey} ${request.id}`, async () => {
    try {
      return await saveDraftIn(auth, await roleMailbox(session, 'drafts'), request);
    } catch (error) {
      if (!isMailError(error) || error.code !== 'mailbox-missing') throw error;
      forgetRoleMailbox(session, 'drafts'); // Deleted or renamed elsewhere.
      return saveDraftIn(auth, await roleMailbox(session, 'drafts'), request);
    }
  });
}

/** The same into another mailbox, such as that of templates; one at a time for each draft. */
export async function saveDraftIn(
  auth: AuthSession,
  drafts: MailboxPath,
  request: SaveDraftRequest,
): Promise<SavedDraft> {
  const session = imapSession(auth);
  const { id, writer, base, content } = request;
  const versions = await readDraftVersions(session, drafts, id);
  const { newest, conflict } = judgeVersions(versions, request);
  if (conflict) return conflictAnswer(conflict);
  const digest = digestOf(content);
  if (newest?.settings?.digest === digest) {
    const others = versions.map(({ ref }) => ref.uid).filter((uid) => uid !== newest.ref.uid);
    await removeDraftVersions(session, drafts, others); // Left over from a crash.
    return savedAnswer(newest, content, false);
  }

  const files = await planFiles(auth, content.attachments, newest, true);
  const { identities } = readIdentities(auth.account);
  const identity = identities.find((one) => one.id === content.identity) ?? identities[0];
  if (!identity) throw new TypeError('Every account has an identity');
  const revision = randomUUID();
  const settings = {
    revision,
    writer,
    after: newest?.settings ? [newest.settings.revision, ...newest.settings.after].slice(0, 5) : [],
    digest,
    identity: content.identity,
    related: content.related,
    wantsDeliveryNotice: content.wantsDeliveryNotice,
    ...(content.resends ? { resends: true } : {}),
    to: content.to,
    cc: content.cc,
    bcc: content.bcc,
    replyTo: content.replyTo,
    isHtml: content.html !== null,
    attachments: content.attachments.map(withoutSource),
  };
  const messageId = `<${id}.${revision.slice(0, 8)}@${asciiDomain(accountAddress(auth.account))}>`;
  const plan = planDraft(content, identity, messageId, files, formatDraftFields(id, settings));
  const written = await spool(withDate(composeMessage(plan)), maxEncodedSize());
  try {
    let refused: JudgedVersion | null = null;
    let baseWasGone = false;
    const stored = await storeDraftVersion(session, drafts, id, base, written, (versions, isBaseThere) => {
      const judged = judgeVersions(versions, request);
      refused = judged.conflict;
      if (refused) return null;
      baseWasGone = base !== null && !isBaseThere && !judged.hasOwn;
      const uids = new Set(versions.map(({ ref }) => ref.uid));
      if (base && isBaseThere) uids.add(base.uid);
      return [...uids];
    });
    await sessionFeed(session)
      .pull(drafts)
      .catch(() => {}); // The watch brings it otherwise.
    if (refused) return conflictAnswer(refused);
    if (!stored) throw new TypeError('A draft is stored or refused');
    return savedAnswer(stored, content, baseWasGone);
  } finally {
    await written.remove();
  }
}

function conflictAnswer({ ref, savedAt }: JudgedVersion): SavedDraft {
  return { answer: { saved: false, conflict: { version: ref, savedAt } }, stored: null };
}

function savedAnswer(stored: DraftVersion, content: DraftContent, baseWasGone: boolean): SavedDraft {
  const { ref, savedAt, structure } = stored;
  const attachments = content.attachments.map((attachment): DraftAttachment => {
    const node = structure && findByContentId(structure, partIdOf(attachment));
    return node ? { ...attachment, source: { kind: 'part', message: ref, part: node.part } } : attachment;
  });
  return { answer: { saved: true, version: ref, savedAt, attachments, baseWasGone }, stored };
}

/** Where an attachment is fetched from changes with every version; what it is does not. */
function digestOf(content: DraftContent): string {
  const attachments = content.attachments.map(withoutSource);
  return createHash('sha256')
    .update(JSON.stringify({ ...content, attachments }))
    .digest('base64url');
}

async function* withDate(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield dateField(new Date());
  yield* content;
}
