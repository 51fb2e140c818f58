import 'server-only';
import type { MessageRef } from '#lib/mail/message.ts';
import { listMailboxes } from '#server/imap/list-mailboxes.ts';
import { readDraftVersions, removeDraftVersions } from '#server/imap/draft-versions.ts';
import { roleMailbox, withRole } from '#server/mail/role-mailbox.ts';
import type { ImapSession } from '#server/imap/sessions.ts';
import { executeChange } from '#server/mail/execute-change.ts';
import { judgeVersions } from './judge-versions.ts';
import { oneAtATime } from '#server/mail/one-at-a-time.ts';
import { sessionFeed } from '#server/mail/feed/session-feed.ts';

/**
 * Takes a draft out of Drafts: its newest version goes to Trash where there is one, since it was somebody's words; older copies go
 * for good. `version` is the one to discard where no version carries the draft's id. None there is no error.
 */
export async function discardDraft(session: ImapSession, id: string, version: MessageRef | null): Promise<void> {
  await oneAtATime(`draft ${session.accountKey} ${id}`, async () => {
    const drafts = await roleMailbox(session, 'drafts');
    const versions = await readDraftVersions(session, drafts, id);
    const last = judgeVersions(versions, { base: null, writer: null }).newest?.ref ?? version;
    if (last) await discardVersion(session, last);
    const others = versions.map(({ ref }) => ref.uid).filter((uid) => uid !== last?.uid);
    await removeDraftVersions(session, drafts, others);
    if (others.length > 0)
      await sessionFeed(session)
        .pull(drafts)
        .catch(() => {});
  });
}

/** To Trash where there is one. */
export async function discardVersion(session: ImapSession, version: MessageRef): Promise<void> {
  const trash = withRole(await listMailboxes(session), 'trash');
  if (trash) await executeChange(session, { type: 'move', messages: [version], to: trash.path });
  else await executeChange(session, { type: 'destroy', messages: [version] });
}

/** After it was sent: all versions up to that one go for good; one that another device saved meanwhile stays. */
export async function removeSentDraft(session: ImapSession, id: string, sent: MessageRef): Promise<void> {
  await oneAtATime(`draft ${session.accountKey} ${id}`, async () => {
    const versions = await readDraftVersions(session, sent.mailbox, id);
    const uids = versions
      .filter(({ ref }) => ref.uidValidity === sent.uidValidity && ref.uid <= sent.uid)
      .map(({ ref }) => ref.uid);
    await removeDraftVersions(session, sent.mailbox, uids);
    if (uids.length > 0)
      await sessionFeed(session)
        .pull(sent.mailbox)
        .catch(() => {});
  });
}
