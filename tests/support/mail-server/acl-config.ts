import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface AclConfig {
  /** Extra dovecot.conf. */
  config: string;
  remove(): void;
}

/**
 * A mail server that lets nobody do everything (ACL, RFC 4314): `rights` are lines such as "Frozen owner lr". With `maxMessages` so many are
 * a full account.
 */
export function aclConfig(rights: string, maxMessages?: number): AclConfig {
  const dir = mkdtempSync(join(tmpdir(), 'pipit-acl-'));
  chmodSync(dir, 0o755); // Dovecot may run as somebody else.
  writeFileSync(join(dir, 'acl'), `${rights}\n`);
  const [quota, imapQuota, rule] = maxMessages ? ['quota ', 'imap_quota ', `quota_rule = *:messages=${maxMessages}`] : ['', '', ''];
  const config = `
mail_plugins = ${quota}acl
protocol imap {
  mail_plugins = ${quota}acl ${imapQuota}imap_acl
}
plugin {
  acl = vfile:${join(dir, 'acl')}
  ${rule}
}
`;
  return { config, remove: () => rmSync(dir, { recursive: true, force: true }) };
}
