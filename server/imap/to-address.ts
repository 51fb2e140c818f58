import 'server-only';
import type { MessageAddressObject } from 'imapflow';
import type { Address } from '#lib/mail/address.ts';

/** Limits a hostile header: nobody reads more recipients than this, and each becomes DOM. */
const maxAddresses = 2_000;
const maxLength = 1_000;

/** imapflow's decoded addresses (RFC 9051 section 7.5.2) as ours; a group's name comes with an empty address. */
export function toAddresses(list: MessageAddressObject[] | undefined, max = maxAddresses): Address[] {
  return (list ?? []).slice(0, max).map(({ name, address }) => ({
    name: typeof name === 'string' && name.trim() ? name.trim().slice(0, maxLength) : null,
    address: typeof address === 'string' ? address.slice(0, maxLength) : '',
  }));
}
