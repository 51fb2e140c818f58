import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { signLinks } from '#lib/client/sign-links.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';
import { checkLink } from './check-link.ts';
import { MessageFrame } from './message-frame.tsx';
import { partAddress } from '../part-address.ts';
import { useMailFilter } from './use-mail-filter.ts';

interface Props {
  message: MessageDetail;
  html: string;
  dark: boolean;
  /** The HTML is beyond what can be drawn: show something else. */
  onFail: () => void;
}

const none: ReadonlyMap<string, string> = new Map();

/** An HTML body, filtered and framed. Remote pictures stay away until the person asks for them. */
export function HtmlBody({ message, html, dark, onFail }: Props) {
  const t = useTranslations('body');
  const filter = useMailFilter(onFail);
  const [remote, setRemote] = useState<readonly string[]>([]);
  const [images, setImages] = useState(none);
  const [leaves, setLeaves] = useState(none);
  const [wantsLeaves, setWantsLeaves] = useState<readonly string[]>([]);
  const { attachments } = message;
  // A message's keywords change while it is open; what its body needs does not, and the frame stays as it is.
  const pictures = useMemo(() => {
    const ids = attachments.flatMap(({ contentId }) => (contentId ? [contentId] : []));
    return new Map(ids.map((id) => [id, partAddress(message, `cid/${encodeURIComponent(id)}`)]));
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the address names the message, which is the same as long as its attachments are
  }, [attachments]);

  const fill = useCallback(
    (view: Window) => {
      if (!filter) return;
      const asked = new Set<string>();
      try {
        const { fragment, remoteImages } = filter.sanitizeMail(html, view, {
          cidAddress: (contentId) => pictures.get(contentId) ?? null,
          remoteAddress: (url) => images.get(url) ?? null,
          link: (href, text) => checkLink(href, text, window.location.host, filter.getDomain),
          leaveAddress(href) {
            const address = leaves.get(href);
            if (!address) asked.add(href);
            return address ?? null;
          },
          dark,
        });
        view.document.body.dir = 'auto';
        view.document.body.replaceChildren(fragment);
        setRemote((before) => (sameItems(before, remoteImages) ? before : remoteImages));
        setWantsLeaves((before) => (asked.size === 0 || sameItems(before, [...asked]) ? before : [...asked]));
      } catch {
        view.document.body.replaceChildren();
        onFail();
      }
    },
    [filter, html, pictures, images, leaves, dark, onFail],
  );

  useEffect(() => {
    if (wantsLeaves.length === 0) return;
    const controller = new AbortController();
    // Without signatures these links stay text, which is safe.
    signLinks('leave', wantsLeaves, controller.signal).then(setLeaves, () => {});
    return () => controller.abort();
  }, [wantsLeaves]);

  const withheld = new Set(remote.filter((url) => !images.has(url))).size;
  return (
    <>
      {withheld > 0 ? (
        <div className="no-print mb-3 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md border border-line bg-hover px-3 py-2 text-meta text-muted">
          <span className="min-w-0 flex-1 basis-60 leading-normal">{t('remoteBlocked', { count: withheld })}</span>
          <Button onClick={() => void signLinks('image', [...new Set(remote)]).then(setImages, () => {})}>
            {t('loadRemote')}
          </Button>
        </div>
      ) : null}
      <MessageFrame fill={fill} dark={dark} />
    </>
  );
}

function sameItems(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
