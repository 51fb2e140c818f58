import type { Editor } from '@tiptap/react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { DraftSession } from '#lib/client/compose/draft-session.ts';
import { useSendingLimits } from '#lib/client/compose/use-identities.ts';
import { formatSize } from '#lib/format/size.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import type { DraftAttachment } from '#lib/mail/draft.ts';

/** Octets of a message for one of a file: base64 makes four of three, and lines end (RFC 2045 section 6.8). */
const encoded = 1.37;

const drawable = /^image\/(?:png|jpeg|gif|webp)$/;

/** Takes files: onto the message, or pictures into its text. What the mail server would refuse is not sent to us first. */
export function useAttach(session: DraftSession, remember: (contentId: string, file: Blob) => void) {
  const t = useTranslations('compose');
  const { locale } = useFormat();
  const limits = useSendingLimits();
  const [problem, setProblem] = useState<string | null>(null);

  /** Those that may still come; says why the others may not. */
  function fitting<T extends { name: string; size: number }>(files: readonly T[]): T[] {
    const there = [...session.get().content.attachments, ...session.get().files.map(({ attachment }) => attachment)];
    let room = limits ? limits.maxMessageSize / encoded - there.reduce((sum, { size }) => sum + size, 0) : Infinity;
    let places = limits ? limits.maxAttachments - there.length : Infinity;
    const fits: T[] = [];
    let refused: string | null = null;
    for (const file of files) {
      if (places < 1) refused = t('tooMany', { count: limits?.maxAttachments ?? 0 });
      else if (file.size > room)
        refused = t('tooLarge', {
          name: file.name,
          size: formatSize(limits ? limits.maxMessageSize / encoded : 0, locale),
        });
      else {
        fits.push(file);
        room -= file.size;
        places -= 1;
      }
    }
    setProblem(refused);
    return fits;
  }

  function add(files: readonly File[]): void {
    for (const file of fitting(files)) session.uploads.add(file, null);
  }

  /** Files that the server has already, such as another message's. */
  function addCopies(copies: readonly DraftAttachment[]): void {
    const fits = fitting(copies);
    if (fits.length > 0) session.change({ attachments: [...session.get().content.attachments, ...fits] });
  }

  function addToText(files: readonly File[], editor: Editor): void {
    for (const file of fitting(files)) {
      if (!drawable.test(file.type)) {
        session.uploads.add(file, null);
        continue;
      }
      const contentId = `${crypto.randomUUID()}@pipit`;
      remember(contentId, file);
      session.uploads.add(file, contentId);
      editor
        .chain()
        .focus()
        .insertContent([
          { type: 'picture', attrs: { src: `cid:${contentId}`, alt: file.name } },
          { type: 'text', text: ' ' },
        ])
        .run();
    }
  }

  return { problem, add, addCopies, addToText };
}
