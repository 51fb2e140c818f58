import 'server-only';
import type { MessageRef } from '#lib/mail/message.ts';
import type { DraftVersion } from '#server/imap/draft-versions.ts';
import { parseDraftFields } from './draft-settings.ts';
import type { DraftSettings } from './draft-settings.ts';

export interface JudgedVersion extends DraftVersion {
  settings: DraftSettings | null;
}

/**
 * What stands in the mailbox of one draft. A version that another took the place of is left over from a crash. Of the others,
 * those of another writer that ours did not grow from are a conflict; the newest is told.
 */
export function judgeVersions(
  versions: readonly DraftVersion[],
  { base, writer }: { base: MessageRef | null; writer: string | null },
): { newest: JudgedVersion | null; conflict: JudgedVersion | null; hasOwn: boolean } {
  const judged = versions
    .filter(({ isDeleted }) => !isDeleted)
    .map((version) => ({ ...version, settings: parseDraftFields(version.header).settings }));
  const superseded = new Set(judged.flatMap(({ settings }) => settings?.after ?? []));
  const heads = judged.filter(({ settings }) => !settings || !superseded.has(settings.revision));
  const isOurs = ({ ref, settings }: JudgedVersion) =>
    isSameRef(ref, base) || (settings !== null && settings.writer === writer);
  return {
    newest: heads.at(-1) ?? null,
    conflict: heads.filter((version) => !isOurs(version)).at(-1) ?? null,
    hasOwn: judged.some(isOurs),
  };
}

function isSameRef(a: MessageRef, b: MessageRef | null): boolean {
  return b !== null && a.uid === b.uid && a.uidValidity === b.uidValidity && a.mailbox === b.mailbox;
}
