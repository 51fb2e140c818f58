import type { QueryClient } from '@tanstack/react-query';
import { displayName } from '#lib/format/display-name.ts';
import { visibleText } from '#lib/format/visible-text.ts';
import { findBlocked } from '#lib/mail/blocked.ts';
import type { MailEvent } from '#lib/mail/event.ts';
import type { Preferences } from '#lib/mail/preferences.ts';
import { keys } from '#lib/client/keys.ts';
import { openMessage } from '#lib/client/location.ts';

const maxNotifications = 3;

/**
 * Tells of new mail in the inbox by the browser's notifications: only if the person chose so, allowed it, and looks elsewhere. Never on a
 * shared computer, whose system would keep them for the next person.
 */
export function announceNewMail(client: QueryClient, events: readonly MailEvent[]): void {
  const preferences = client.getQueryData<Preferences>(keys.preferences);
  const isPublic = 'public' in document.documentElement.dataset;
  if (isPublic || !preferences?.notifications || document.visibilityState === 'visible') return;
  // Asked last: the browser asks another process.
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return;
  for (const event of events) {
    if (event.type !== 'messages-arrived' || event.mailbox !== 'INBOX') continue;
    const unread = event.messages.filter(
      ({ keywords, from }) => !keywords.includes('$seen') && !findBlocked(preferences.blockedSenders, from),
    );
    for (const { uid, from, subject } of unread.slice(-maxNotifications)) {
      const [sender] = from;
      const title = sender ? displayName(sender) : visibleText(subject);
      const note = new Notification(title, { body: visibleText(subject), tag: `${event.uidValidity}:${uid}` });
      note.onclick = () => {
        window.focus();
        openMessage({ mailbox: event.mailbox, uid });
        note.close();
      };
    }
  }
}
