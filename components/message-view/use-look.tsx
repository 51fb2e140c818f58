import { useState } from 'react';
import type { ReactNode } from 'react';
import { lazyPart } from '#components/ui/lazy-part.tsx';
import type { BodyPreference } from '#lib/client/use-message.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';
import type { MenuChoices } from './message-menu.tsx';
import { useDark } from './use-dark.ts';

const HeadersDialog = lazyPart(async () => (await import('./headers-dialog.tsx')).HeadersDialog);
const SourceDialog = lazyPart(async () => (await import('./source-dialog.tsx')).SourceDialog);

/** How one message is looked at: as the preferences say until the person chooses otherwise, for as long as it is open. */
export function useLook(): {
  bodyKind: BodyPreference;
  isDark: boolean;
  choicesFor(message: MessageDetail | null): MenuChoices;
  /** Its headers or its source, while they are open. */
  dialogOf(message: MessageDetail | null): ReactNode;
} {
  const { preferences } = usePreferences();
  const isPageDark = useDark();
  const [bodyKind, setBodyKind] = useState(preferences.body);
  const [isDarkened, setDarkened] = useState(preferences.darkMail);
  const [dialog, setDialog] = useState<'headers' | 'source' | null>(null);
  const isDark = isPageDark && isDarkened;
  return {
    bodyKind,
    isDark,
    choicesFor(message) {
      const hasHtml = message?.body.some(({ kind }) => kind === 'html') ?? false;
      const canToggle = hasHtml || bodyKind !== preferences.body;
      return {
        isPlain: bodyKind === 'plain',
        isDark,
        onTogglePlain: canToggle ? () => setBodyKind(bodyKind === 'plain' ? 'html' : 'plain') : null,
        onToggleDark: isPageDark && hasHtml ? () => setDarkened(!isDarkened) : null,
        onShowHeaders: () => setDialog('headers'),
        onShowSource: () => setDialog('source'),
        onPrint: () => window.print(),
      };
    },
    dialogOf(message) {
      if (!message || !dialog) return null;
      const Dialog = dialog === 'headers' ? HeadersDialog : SourceDialog;
      return <Dialog message={message} onClose={() => setDialog(null)} />;
    },
  };
}
