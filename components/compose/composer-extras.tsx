import { useTranslations } from 'use-intl';
import { showToast } from '#lib/client/toasts.ts';
import type { DraftSession } from '#lib/client/compose/draft-session.ts';
import { isMailError } from '#lib/errors.ts';
import type { DraftAttachment } from '#lib/mail/draft.ts';
import { MessageChooser } from './attachments/message-chooser.tsx';
import { insertTemplate } from './templates/insert-template.ts';
import type { WritingPlace } from './templates/insert-template.ts';
import { SaveTemplateDialog } from './templates/save-template-dialog.tsx';
import { TemplateFinder } from './templates/template-finder.tsx';

/** What is asked for in a dialog of its own, from the composer's menu. */
export type ComposerExtra = 'attach' | 'insert-template' | 'save-template';

interface Props {
  shown: ComposerExtra | null;
  session: DraftSession;
  /** Where a template's text goes. */
  place: () => WritingPlace | null;
  onAttach: (attachments: DraftAttachment[]) => void;
  onClose: () => void;
}

export function ComposerExtras({ shown, session, place, onAttach, onClose }: Props) {
  const t = useTranslations('compose');
  const errors = useTranslations('errors');
  switch (shown) {
    case null:
      return null;
    case 'attach':
      return <MessageChooser onAttach={onAttach} onClose={onClose} />;
    case 'save-template':
      return <SaveTemplateDialog session={session} onClose={onClose} />;
    case 'insert-template':
      return (
        <TemplateFinder
          onClose={onClose}
          onChoose={({ ref }) => {
            onClose();
            const target = place();
            if (!target) return;
            insertTemplate(session, target, ref).catch((error: unknown) => {
              const reason = errors(isMailError(error) ? error.code : 'unexpected');
              showToast({ kind: 'error', text: t('templateNotRead', { reason }) });
            });
          }}
        />
      );
  }
}
