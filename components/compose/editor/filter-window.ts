let loading: Promise<void> | null = null;
let frame: HTMLIFrameElement | null = null;

/**
 * Makes the place in which foreign HTML is taken apart: a hidden frame like the one that mail is read in, where no script runs and nothing
 * is loaded from elsewhere, whatever is put in. Resolves also when it cannot be had; the page's own window serves then.
 */
export function loadFilterWindow(): Promise<void> {
  loading ??= new Promise((resolve) => {
    const made = document.createElement('iframe');
    made.src = '/mail-frame';
    made.hidden = true;
    made.setAttribute('sandbox', 'allow-same-origin');
    made.setAttribute('aria-hidden', 'true');
    made.tabIndex = -1;
    made.onload = () => {
      if (made.contentWindow?.location.pathname === '/mail-frame') frame = made;
      resolve();
    };
    made.onerror = () => resolve();
    document.body.append(made);
  });
  return loading;
}

/** The window whose parser reads foreign HTML. */
export function filterWindow(): Window & typeof globalThis {
  return (frame?.contentWindow ?? window) as Window & typeof globalThis; // A frame's window has the same constructors, of its own.
}
