import { useEffect, useRef } from 'react';
import { usePreferences } from '#lib/client/use-preferences.ts';
import { isAsking } from './asked.ts';
import { giveToPalette } from './early-keys.ts';
import { awaitComposer, giveToComposer, newestComposer, takeEarlyLetters } from './early-letters.ts';
import { makeKeySequence } from './key-sequence.ts';
import { isApple, keysOf } from './key-sets.ts';
import { useMailContext } from './mail-context.tsx';
import { commands } from './registry.ts';
import { runCommand } from './run-command.ts';
import { useTellWhy } from './use-tell-why.ts';

/** Listens for the registry's keys while nothing is being typed; draws nothing. A key pressed in vain says why. */
export function CommandKeys() {
  const context = useMailContext();
  const { keySet } = usePreferences().preferences;
  const tellWhy = useTellWhy();
  const latest = useRef({ context, keySet, tellWhy });
  useEffect(() => {
    latest.current = { context, keySet, tellWhy };
  });
  useEffect(() => {
    const sequence = makeKeySequence();
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing) return;
      const isMod = isApple() ? event.metaKey : event.ctrlKey;
      const isOther = event.altKey || (isApple() ? event.ctrlKey : event.metaKey);
      if (isOther || isBusy(event.target, isMod) || isAsking()) return;
      const { context, keySet, tellWhy } = latest.current;
      const name = sequence({ key: event.key, isShift: event.shiftKey, isMod });
      const command = commands.find((one) => keysOf(one, keySet).includes(name) && one.isShown(context));
      if (!command) return;
      event.preventDefault();
      const before = newestComposer();
      const reason = runCommand(command, context);
      const opened = newestComposer();
      if (opened && opened.turn !== before?.turn) awaitComposer(opened.key);
      if (reason) tellWhy(command, reason);
    }
    // Before the list or anything else that has the focus takes it.
    function onEarlyKey(event: KeyboardEvent): void {
      const isText = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
      if (!isText || isBusy(event.target, false) || !(giveToPalette(event.key) || giveToComposer(event.key))) return;
      event.preventDefault();
      event.stopPropagation();
    }
    const onFocus = ({ target }: FocusEvent) =>
      queueMicrotask(() => takeEarlyLetters(target instanceof Element ? target : null));
    document.addEventListener('keydown', onEarlyKey, true);
    document.addEventListener('focusin', onFocus);
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onEarlyKey, true);
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
  return null;
}

/** Whether the key belongs to somebody else: a field, a menu, a dialog. With Mod it is no text, and works in fields too. */
function isBusy(target: EventTarget | null, isMod: boolean): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('[role=dialog], [role=alertdialog], [role=menu], [role=listbox]')) return true;
  const field = target.closest('input, textarea, select, [contenteditable]');
  const isTyping = field !== null && !(field instanceof HTMLInputElement && field.type === 'checkbox');
  return isTyping && !isMod;
}
