import { useEffect, useRef } from 'react';
import { usePreferences } from '#lib/client/use-preferences.ts';
import { makeKeySequence } from './key-sequence.ts';
import { useMailContext } from './mail-context.tsx';
import { commands } from './registry.ts';

/** Listens for the registry's keys while nothing is being typed; draws nothing. */
export function CommandKeys() {
  const context = useMailContext();
  const { preferences } = usePreferences();
  const latest = useRef({ context, isOn: preferences.shortcuts });
  useEffect(() => {
    latest.current = { context, isOn: preferences.shortcuts };
  });
  useEffect(() => {
    const sequence = makeKeySequence();
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (!latest.current.isOn && event.key !== 'Escape') return;
      const name = sequence(event.key, event.shiftKey);
      const command = commands.find(({ keys }) => keys.includes(name));
      if (!command?.isShown(latest.current.context)) return;
      event.preventDefault();
      command.run(latest.current.context);
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  return null;
}

/** In fields, menus and dialogs the keys are theirs. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  const field = target.closest('input, textarea, select, [contenteditable], [role=menu], [role=dialog]');
  return field !== null && !(field instanceof HTMLInputElement && field.type === 'checkbox');
}
