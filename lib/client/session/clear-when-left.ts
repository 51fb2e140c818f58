/** Milliseconds without a touch after which whoever typed is taken to have left. */
const leftAfter = 60_000;

/**
 * Empties a form that somebody began to fill in and left, and one that comes back out of the back/forward cache: the next person at a kiosk
 * finds nothing of the one before. The returned function ends it.
 */
export function clearWhenLeft(form: HTMLFormElement, onClear: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const clear = () => {
    form.reset();
    onClear();
  };
  const touched = () => {
    clearTimeout(timer);
    timer = setTimeout(clear, leftAfter);
  };
  const onShow = (event: PageTransitionEvent) => {
    if (event.persisted) clear();
  };
  form.addEventListener('input', touched);
  window.addEventListener('pageshow', onShow);
  return () => {
    clearTimeout(timer);
    form.removeEventListener('input', touched);
    window.removeEventListener('pageshow', onShow);
  };
}
