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
