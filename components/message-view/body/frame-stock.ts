const address = '/mail-frame';

/** A frame that is loaded already: a frame's own load takes longer than to fill it. */
let spare: HTMLIFrameElement | null = null;

/** Lays one frame by, where the browser can move it without loading it again. */
export function stockFrame(): void {
  if (spare?.isConnected || !navigator.onLine || !('moveBefore' in Element.prototype)) return;
  const store = document.createElement('div');
  store.hidden = true;
  spare = makeFrame();
  store.append(spare);
  document.body.append(store);
}

/** Puts a frame into its place: the one laid by, or a new one that has yet to load. */
export function takeFrame(host: HTMLElement): HTMLIFrameElement {
  const kept = spare;
  const isReady = kept !== null && viewOf(kept) !== null;
  const frame = isReady ? kept : makeFrame();
  const store = kept?.parentElement;
  if (isReady) host.moveBefore(frame, null);
  else host.append(frame);
  store?.remove();
  spare = null;
  if ('requestIdleCallback' in window) requestIdleCallback(stockFrame);
  return frame;
}

/** The frame's window once the empty page stands in it; null before, or if anything else does. */
export function viewOf({ contentDocument, contentWindow }: HTMLIFrameElement): Window | null {
  return contentDocument?.readyState === 'complete' && contentDocument.location.pathname === address
    ? contentWindow
    : null;
}

function makeFrame(): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.sandbox.add('allow-same-origin', 'allow-popups', 'allow-popups-to-escape-sandbox');
  frame.referrerPolicy = 'no-referrer';
  frame.allow = '';
  frame.className = 'block w-full border-0';
  frame.src = address;
  return frame;
}
