import { isFreemail } from './freemail.ts';
import type { MessageDetail } from './message-detail.ts';

/** As many senders and domains as are remembered; the one chosen longest ago goes first. */
export const maxPicturesFrom = 300;

/** Whose pictures may be loaded from now on: entries of the preference, an address or "@" and a domain. */
export interface PictureChoices {
  sender: string;
  /** Null where anybody may have an address of the domain. */
  domain: string | null;
}

/** What can be chosen for a message's sender; null where nothing proves that it is them. */
export function pictureChoices({ from, truth }: Pick<MessageDetail, 'from' | 'truth'>): PictureChoices | null {
  const [sender, other] = from;
  if (!sender || other || truth.checks?.dmarc !== 'pass') return null;
  const address = sender.address.toLowerCase();
  const domain = address.split('@').at(-1) ?? '';
  if (!/^[^\s@]+@[^\s@]+$/.test(address) || address.length > 400) return null;
  return { sender: address, domain: isFreemail(domain) ? null : `@${domain}` };
}

export function areChosen(chosen: readonly string[], { sender, domain }: PictureChoices): boolean {
  return chosen.includes(sender) || (domain !== null && chosen.includes(domain));
}
