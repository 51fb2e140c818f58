import { useCallback, useEffect, useRef } from 'react';
import { partAddress } from '#components/message-view/part-address.ts';
import type { DraftAttachment } from '#lib/mail/draft.ts';

export interface Pictures {
  /** The address at which the picture of a `cid:` can be drawn; null while there is none. */
  addressOf: (contentId: string) => string | null;
  /** The picture is a file of this computer: drawn from memory, also while it is sent. */
  remember: (contentId: string, file: Blob) => void;
}

/** Where the pictures of the text are. What was drawn once keeps its address: saving moves the parts, and nothing flickers. */
export function usePictures(attachments: readonly DraftAttachment[]): Pictures {
  const known = useRef(new Map<string, string>());
  const latest = useRef(attachments);
  latest.current = attachments;
  useEffect(() => {
    const { current } = known;
    return () => {
      for (const address of current.values()) if (address.startsWith('blob:')) URL.revokeObjectURL(address);
    };
  }, []);
  const addressOf = useCallback((contentId: string) => {
    const found = known.current.get(contentId);
    if (found) return found;
    const source = latest.current.find((one) => one.contentId === contentId)?.source;
    if (source?.kind !== 'part') return null;
    const address = partAddress({ ref: source.message, section: null }, `parts/${source.part}`, { inline: '1' });
    known.current.set(contentId, address);
    return address;
  }, []);
  const remember = useCallback((contentId: string, file: Blob) => {
    known.current.set(contentId, URL.createObjectURL(file));
  }, []);
  return { addressOf, remember };
}
