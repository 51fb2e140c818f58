import { existsSync } from 'node:fs';

const folder = '/usr/lib/dovecot';

/** Whether Debian's dovecot-sieve and dovecot-managesieved are there. */
export function hasManagesieve(): boolean {
  return ['managesieve', 'managesieve-login', 'modules/lib90_sieve_plugin.so'].every((file) => existsSync(`${folder}/${file}`));
}

/** For dovecot.conf: ManageSieve (RFC 5804) on a port, and scripts that run when mail is delivered by LMTP. */
export function managesieveConfig(port: number): string {
  return `
protocols = imap lmtp sieve
service managesieve-login {
  chroot =
  inet_listener sieve {
    address = 127.0.0.1
    port = ${port}
  }
}
protocol lmtp {
  mail_plugins = quota sieve
}
plugin {
  sieve = file:~/sieve;active=~/.dovecot.sieve
}`;
}
