import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { takeFrame, viewOf } from './frame-stock.ts';

/** Heights in CSS pixels: never a slit, never endless (then it scrolls inside). */
const minHeight = 40;
const maxHeight = 20_000;
/** Browsers that run no listeners of ours inside the frame (WebKit bug 218086) are measured for a while instead. */
const measureForMs = 3_000;
/** What a sheet of A4 or Letter surely has beside our margins; lines break anew there, and so the height is another. */
const paperWidth = 640;

interface Props {
  /** Puts nodes into the frame's body. Called when the frame is ready and when it changes. */
  fill: (view: Window) => void;
  dark: boolean;
  /** What the frame is called; without it "Message body". */
  title?: string;
}

/**
 * The one place where a mail's HTML is drawn: a frame whose policy and sandbox run no script and load nothing from
 * elsewhere, whatever is put in. As tall as its content; keys pressed inside it reach the page's
 * shortcuts.
 */
export function MessageFrame({ fill, dark, title }: Props) {
  const t = useTranslations('body');
  const host = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLIFrameElement>(null);
  const [view, setView] = useState<Window | null>(null);
  const [height, setHeight] = useState(minHeight);

  const isOnPaper = useRef(false);

  const measure = useCallback(() => {
    const root = frame.current?.contentDocument?.body;
    if (!frame.current || !root) return;
    if (isOnPaper.current) {
      frame.current.style.height = `${Math.ceil(root.getBoundingClientRect().height) + scrollBarHeight(root)}px`;
      return;
    }
    const wanted = Math.min(
      maxHeight,
      Math.max(minHeight, Math.ceil(root.getBoundingClientRect().height) + scrollBarHeight(root)),
    );
    setHeight((before) => (Math.abs(before - wanted) <= 1 ? before : wanted));
  }, []);

  useLayoutEffect(() => {
    if (!host.current) return;
    const taken = takeFrame(host.current);
    frame.current = taken;
    const onLoad = () => setView(viewOf(taken));
    onLoad();
    taken.addEventListener('load', onLoad);
    return () => taken.remove();
  }, []);

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    let onScreen = '';
    const toPaper = () => {
      isOnPaper.current = true;
      onScreen = element.style.height;
      element.style.width = `${paperWidth}px`;
      measure();
    };
    const toScreen = () => {
      isOnPaper.current = false;
      element.style.width = '';
      element.style.height = onScreen;
    };
    window.addEventListener('beforeprint', toPaper);
    window.addEventListener('afterprint', toScreen);
    return () => {
      window.removeEventListener('beforeprint', toPaper);
      window.removeEventListener('afterprint', toScreen);
    };
  }, [measure]);

  const name = title ?? t('frame');
  const pictureFailed = t('pictureFailed');
  useLayoutEffect(() => {
    if (!frame.current) return;
    frame.current.title = name;
    if (!isOnPaper.current) frame.current.style.height = `${height}px`;
    frame.current.style.colorScheme = dark ? 'dark' : 'light';
  }, [name, height, dark]);

  useEffect(() => {
    if (!view) return;
    const { document } = view;
    document.documentElement.toggleAttribute('data-dark', dark);
    fill(view);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    // A picture that does not come says why, where the sender gave no words for it.
    const onError = ({ target }: Event) => {
      const image = target as HTMLImageElement; // Nothing else loads in there.
      if (image.localName === 'img') image.alt ||= pictureFailed;
      measure();
    };
    document.addEventListener('load', measure, true);
    document.addEventListener('error', onError, true);
    document.addEventListener('keydown', passKey);
    const started = performance.now();
    let poll = requestAnimationFrame(function again() {
      measure();
      if (performance.now() - started < measureForMs) poll = requestAnimationFrame(again);
    });
    return () => {
      observer.disconnect();
      cancelAnimationFrame(poll);
      document.removeEventListener('load', measure, true);
      document.removeEventListener('error', onError, true);
      document.removeEventListener('keydown', passKey);
    };
  }, [view, fill, dark, measure, pictureFailed]);

  return <div ref={host} />;
}

function scrollBarHeight(body: HTMLElement): number {
  const root = body.ownerDocument.documentElement;
  return root.scrollWidth > root.clientWidth ? 14 : 0;
}

function passKey(event: KeyboardEvent): void {
  const { key, code, shiftKey, ctrlKey, metaKey, altKey } = event;
  const isOurs = document.dispatchEvent(
    new KeyboardEvent('keydown', { key, code, shiftKey, ctrlKey, metaKey, altKey, cancelable: true }),
  );
  if (!isOurs) event.preventDefault();
}
