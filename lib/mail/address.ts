/** One mailbox of an address header (RFC 5322 section 3.4), decoded. `name` is null where the sender gave none. */
export interface Address {
  name: string | null;
  address: string;
}
