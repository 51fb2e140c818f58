/** Whether the keyboard's focus is nowhere that can be seen: what had it was taken away or hidden. */
export function isFocusFree(): boolean {
  const held = document.activeElement;
  return held === null || held === document.body || !held.checkVisibility();
}
