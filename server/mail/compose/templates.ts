import 'server-only';
import type { SaveDraftAnswer, SaveDraftRequest } from '#lib/mail/draft.ts';
import type { Mailbox, MailboxPath } from '#lib/mail/mailbox.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import type { Template } from '#lib/mail/template.ts';
import type { AuthSession } from '#server/auth/auth-session.ts';
import { listMailboxes } from '#server/imap/list-mailboxes.ts';
import { readImapWindow } from '#server/imap/read-window.ts';
import { imapSession } from '#server/imap/sessions.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { discardVersion } from './discard-draft.ts';
import { makeMailboxFor } from '#server/mail/make-mailbox-for.ts';
import { oneAtATime } from '#server/mail/one-at-a-time.ts';
import { withRole } from '#server/mail/role-mailbox.ts';
import { saveDraftIn } from './save-draft.ts';
import { toSummary } from '#server/mail/to-summary.ts';

/** There is no special use for it (RFC 6154); Thunderbird and Evolution know it by its name, in the person's language. */
const usualName = 'Templates';
const names = new Set([
  'templates',
  'vorlagen',
  'modèles',
  'plantillas',
  'modelli',
  'modelos',
  'sjablonen',
  'szablony',
  'шаблоны',
  'القوالب',
  'テンプレート',
]);
/** The newest so many are offered. */
const most = 200;

/** Messages to begin with, the one that was changed last first. They lie in a mailbox of their own as other mail programs keep them. */
export async function listTemplates(session: ImapSession, signal?: AbortSignal): Promise<Template[]> {
  const mailbox = await findMailbox(session);
  if (!mailbox) return [];
  const { counts, rows } = await readImapWindow(session, mailbox, { newest: most }, signal);
  return rows
    .map(toSummary)
    .map(({ uid, subject, receivedAt }) => ({
      ref: { mailbox, uidValidity: counts.uidValidity, uid },
      name: subject,
      savedAt: receivedAt,
    }))
    .reverse();
}

/** Stores a template in place of the version it grew from; the mailbox is made with the first. Throws a MailError. */
export async function saveTemplate(auth: AuthSession, request: SaveDraftRequest): Promise<SaveDraftAnswer> {
  const session = imapSession(auth);
  return oneAtATime(`template ${session.accountKey}`, async () => {
    const mailbox = (await findMailbox(session)) ?? (await makeMailbox(session));
    return (await saveDraftIn(auth, mailbox, request)).answer;
  });
}

/** To Trash where there is one; only what lies in the templates' mailbox. */
export async function discardTemplate(session: ImapSession, ref: MessageRef): Promise<void> {
  if (ref.mailbox === (await findMailbox(session))) await discardVersion(session, ref);
}

async function findMailbox(session: ImapSession): Promise<MailboxPath | null> {
  const mailboxes = await listMailboxes(session);
  const found = mailboxes.filter(
    ({ name, selectable, role }) => selectable && role === null && names.has(name.toLowerCase()),
  );
  // The one nearest to the top; a "Templates" within some project is no such thing where there is another.
  return found.sort((a, b) => depthOf(a) - depthOf(b))[0]?.path ?? null;
}

function depthOf({ path, delimiter }: Mailbox): number {
  return delimiter ? path.split(delimiter).length : 1;
}

/** Beside Drafts, wherever the server's prefix puts that. */
async function makeMailbox(session: ImapSession): Promise<MailboxPath> {
  const drafts = withRole(await listMailboxes(session), 'drafts');
  const above = drafts?.parent && drafts.delimiter ? `${drafts.parent}${drafts.delimiter}` : '';
  return makeMailboxFor(session, null, `${above}${usualName}`);
}
