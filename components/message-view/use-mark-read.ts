import { useEffect, useRef } from 'react';
import { act } from '#lib/client/acts/act-runner.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';

/**
 * Marks a message read once when it is opened, after the time the person chose. Once: a message that is marked unread by hand while
 * it is open stays unread.
 */
export function useMarkRead(message: MessageDetail | null): void {
  const { markReadAfter } = usePreferences().preferences;
  const done = useRef<string | null>(null);
  const name = message ? `${message.ref.mailbox} ${message.ref.uidValidity} ${message.ref.uid}` : null;
  const latest = useRef(message);
  useEffect(() => {
    latest.current = message;
  });
  useEffect(() => {
    if (name === null || done.current === name || markReadAfter === null) return;
    const mark = () => {
      done.current = name;
      const opened = latest.current;
      if (!opened || opened.keywords.includes('$seen')) return;
      act([{ type: 'set-keyword', messages: [opened.ref], keyword: '$seen', value: true }], null);
    };
    if (markReadAfter === 0) return mark();
    const timer = setTimeout(mark, markReadAfter * 1000);
    return () => clearTimeout(timer);
  }, [name, markReadAfter]);
}
