import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { showToast } from '#lib/client/toasts.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';
import { makeKeySequence } from './key-sequence.ts';
import { keysOf } from './key-sets.ts';
import { useMailContext } from './mail-context.tsx';
import { commands } from './registry.ts';
import { runCommand } from './run-command.ts';

/** Listens for the registry's keys while nothing is being typed; draws nothing. A key pressed in vain says why. */
export function CommandKeys() {
  const context = useMailContext();
  const { keySet } = usePreferences().preferences;
  const t = useTranslations('commands');
  const whyNot = useTranslations('whyNot');
  const latest = useRef({ context, keySet, t, whyNot });
  useEffect(() => {
    latest.current = { context, keySet, t, whyNot };
  });
  useEffect(() => {
    const sequence = makeKeySequence();
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing) return;
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const { context, keySet, t, whyNot } = latest.current;
      const name = sequence(event.key, event.shiftKey);
      const command = commands.find((one) => keysOf(one, keySet).includes(name) && one.isShown(context));
      if (!command) return;
      event.preventDefault();
      const reason = runCommand(command, context);
      if (reason) showToast({ kind: 'info', text: whyNot('inVain', { name: t(command.id), reason: whyNot(reason) }) });
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
