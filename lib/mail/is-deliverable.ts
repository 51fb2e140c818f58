const local = /^[^\s"(),:;<>@[\\\]\0-\x1f\x7f]+$/u;
const label = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u;

/**
 * Whether an address can be written to: one local part without quotes, one domain with a dot, or with letters of any script
 * (RFC 5321 section 4.1.2, RFC 6531 section 3.3). Quoted local parts, domain literals and groups are refused: what they mean
 * differs from reader to reader (checks 24 and 25).
 */
export function isDeliverable(address: string): boolean {
  const at = address.lastIndexOf('@');
  const [user, domain] = [address.slice(0, at), address.slice(at + 1)];
  if (at < 1 || utf8Length(user) > 64 || utf8Length(address) > 254 || !local.test(user)) return false;
  if (/^\.|\.\.|\.$/.test(user)) return false;
  const labels = domain.split('.');
  return labels.length > 1 && labels.every((part) => utf8Length(part) <= 63 && label.test(part));
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
