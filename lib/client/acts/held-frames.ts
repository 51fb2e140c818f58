import type { MailEvent } from '#lib/mail/event.ts';

/**
 * While an act is on its way, facts about its mailboxes are held and applied together with its answer, in the order they came:
 * else the feed, which tells one mailbox after the other, would show half of a move.
 */
interface Holding {
  mailboxes: ReadonlySet<string>;
  applies: (() => void)[];
  timer: ReturnType<typeof setTimeout>;
}

/** Facts are not held longer than this, in milliseconds. */
const longestMs = 2_000;

let holding: Holding | null = null;

export function holdFramesOf(mailboxes: ReadonlySet<string>): void {
  releaseFrames();
  holding = { mailboxes, applies: [], timer: setTimeout(releaseFrames, longestMs) };
}

/** Applies what was held, and holds no more. */
export function releaseFrames(): void {
  if (!holding) return;
  clearTimeout(holding.timer);
  const { applies } = holding;
  holding = null;
  for (const apply of applies) apply();
}

/** Applies facts now, or with the act's answer. */
export function applyOrHold(events: readonly MailEvent[], apply: () => void): void {
  const isTouched = events.some((event) => 'mailbox' in event && holding?.mailboxes.has(event.mailbox));
  if (isTouched) holding?.applies.push(apply);
  else apply();
}
