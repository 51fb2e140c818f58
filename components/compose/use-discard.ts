import { useTranslations } from 'use-intl';
import { useComposeAccount } from '#lib/client/compose/compose-account.ts';
import { openComposer } from '#lib/client/compose/composers.ts';
import type { DraftSession } from '#lib/client/compose/draft-session.ts';
import { showToast } from '#lib/client/toasts.ts';
import { useErrorToast } from '#lib/client/use-error-toast.ts';
import { isMailError } from '#lib/errors.ts';

/** Throws a draft away; for a moment the words can be had back. */
export function useDiscard(session: DraftSession, onEnd: () => void): () => void {
  const t = useTranslations('compose');
  const errors = useTranslations('errors');
  const errorToast = useErrorToast();
  const account = useComposeAccount();
  return () => {
    const content = session.content();
    const { saving } = session.get();
    onEnd();
    session.discard().catch((error: unknown) => {
      const code = isMailError(error) ? error.code : 'unexpected';
      errorToast(code, t('discardFailed', { reason: errors(code) }));
    });
    if (saving.kind === 'untouched') return;
    const keeper = account?.keeper;
    // Files that stood in the draft on the server went with it; the words did not.
    const attachments = content.attachments.filter(
      ({ source }) => source.kind !== 'part' || source.message.mailbox !== session.version()?.mailbox,
    );
    async function takeBack(): Promise<void> {
      const id = crypto.randomUUID();
      await keeper?.keep({
        id,
        writer: crypto.randomUUID(),
        content: { ...content, attachments },
        version: null,
        isSaved: false,
        files: [],
        shape: 'docked',
        keptAt: Date.now(),
      });
      openComposer({ type: 'id', id });
    }
    showToast({
      kind: 'info',
      text: t('discarded'),
      ...(keeper && !account.isPublicComputer ? { action: { label: t('undo'), run: () => void takeBack() } } : {}),
    });
  };
}
