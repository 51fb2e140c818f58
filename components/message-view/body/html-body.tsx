import { EyeOff } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { PartWaits } from '#components/ui/lazy-part.tsx';
import { useLoaded } from '#components/ui/load-once.ts';
import { useIsPublicComputer } from '#lib/client/session/public-computer.tsx';
import { signLinks } from '#lib/client/sign-links.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';
import { areChosen, maxPicturesFrom, pictureChoices } from '#lib/mail/pictures-from.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';
import { checkLink, composeAddress } from './check-link.ts';
import { MessageFrame } from './message-frame.tsx';
import { RemoteBar } from './remote-bar.tsx';
import { partAddress } from '../part-address.ts';
import { mailFilter } from './load-filter.ts';

interface Props {
  message: MessageDetail;
  html: string;
  dark: boolean;
  /** Remote pictures may be asked for. */
  withPictures: boolean;
  /** The HTML is beyond what can be drawn: show something else. */
  onFail: () => void;
}

/** Pictures of the message itself that are drawn at once; the others when somebody asks. */
const most = 100;

const none: ReadonlyMap<string, string> = new Map();

/** An HTML body, filtered and framed. Remote pictures stay away until the person asks for them. */
export function HtmlBody({ message, html, dark, withPictures, onFail }: Props) {
  const t = useTranslations('body');
  const filter = useLoaded(mailFilter);
  const [remote, setRemote] = useState<readonly string[]>([]);
  const [trackers, setTrackers] = useState<readonly (string | null)[]>([]);
  const [more, setMore] = useState(0);
  const [isWhole, setWhole] = useState(false);
  const [images, setImages] = useState(none);
  const [leaves, setLeaves] = useState(none);
  const [wantsLeaves, setWantsLeaves] = useState<readonly string[]>([]);
  const isPublic = useIsPublicComputer();
  const { preferences, set } = usePreferences();
  const { picturesFrom } = preferences;
  const [hasFailed, setFailed] = useState(false);
  const choices = pictureChoices(message);
  const isAlways = withPictures && !hasFailed && choices !== null && areChosen(picturesFrom, choices);
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
        const found = filter.sanitizeMail(html, view, {
          cidAddress: (contentId) => pictures.get(contentId) ?? null,
          remoteAddress: (url) => (withPictures ? images.get(url) : null) ?? null,
          link: (href, text) => checkLink(href, text, window.location.host, filter.getDomain),
          leaveAddress(href) {
            const address = leaves.get(href);
            if (!address) asked.add(href);
            return address ?? null;
          },
          // On a shared computer nobody's address stands in one of a page.
          mailAddress: (href) => (isPublic ? null : composeAddress(href)),
          dark,
          ...(isWhole ? {} : { most }),
        });
        view.document.body.dir = 'auto';
        view.document.body.replaceChildren(found.fragment);
        setRemote((before) => (sameItems(before, found.remoteImages) ? before : found.remoteImages));
        setMore(found.more);
        setTrackers((before) => (sameItems(before, found.trackers) ? before : found.trackers));
        setWantsLeaves((before) => (asked.size === 0 || sameItems(before, [...asked]) ? before : [...asked]));
      } catch {
        view.document.body.replaceChildren();
        onFail();
      }
    },
    [filter, html, pictures, images, withPictures, leaves, dark, isWhole, isPublic, onFail],
  );

  useEffect(() => {
    if (wantsLeaves.length === 0) return;
    const controller = new AbortController();
    // Without signatures these links stay text, which is safe.
    signLinks('leave', wantsLeaves, controller.signal).then(setLeaves, () => {});
    return () => controller.abort();
  }, [wantsLeaves]);

  const load = useCallback(() => {
    signLinks('image', [...new Set(remote)]).then(setImages, () => setFailed(true));
  }, [remote]);

  useEffect(() => {
    if (isAlways && remote.length > 0) load();
  }, [isAlways, remote, load]);

  const withheld = new Set(remote.filter((url) => !withPictures || !images.has(url))).size;
  const names = [...new Set(trackers.filter((name) => name !== null))].join(', ');
  return (
    <>
      {trackers.length > 0 ? (
        <p role="note" className="no-print mb-2 flex items-start gap-2 text-meta leading-normal text-muted">
          <Icon of={EyeOff} size={16} className="mt-0.5 shrink-0" />
          {names ? t('trackersNamed', { count: trackers.length, names }) : t('trackers', { count: trackers.length })}
        </p>
      ) : null}
      {withheld > 0 && !isAlways ? (
        <RemoteBar
          count={withheld}
          onLoad={withPictures ? load : null}
          choices={choices}
          onAlways={(choice) => void set({ picturesFrom: [...picturesFrom, choice].slice(-maxPicturesFrom) })}
        />
      ) : null}
      {filter ? null : <PartWaits />}
      <MessageFrame fill={fill} dark={dark} />
      {more > 0 ? (
        <Button className="no-print mt-2" onClick={() => setWhole(true)}>
          {t('morePictures', { count: more })}
        </Button>
      ) : null}
    </>
  );
}

function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
