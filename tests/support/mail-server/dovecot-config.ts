import type { Owner } from './unprivileged-owner.ts';

export interface DovecotPorts {
  imap: number;
  imaps: number | null;
  lmtp: number;
}

export interface DovecotConfig {
  dir: string;
  ports: DovecotPorts;
  /** The unprivileged user that Dovecot and the mail belong to. */
  owner: Owner;
  tls: { cert: string; key: string } | null;
  extra: string;
}

/** dovecot.conf for Dovecot 2.3 as an ordinary user's child process: own folders, own ports, no chroot, no root anywhere. */
export function dovecotConfig({ dir, ports, owner, tls, extra }: DovecotConfig): string {
  const ssl = tls ? `ssl = yes\nssl_cert = <${tls.cert}\nssl_key = <${tls.key}\n` : 'ssl = no\n';
  const imaps = ports.imaps
    ? `inet_listener imaps {\n address = 127.0.0.1\n port = ${ports.imaps}\n ssl = yes\n }`
    : 'inet_listener imaps {\n port = 0\n }';
  return `
base_dir = ${dir}/run
state_dir = ${dir}/state
log_path = ${dir}/dovecot.log
instance_name = pipit
protocols = imap lmtp
listen = 127.0.0.1
default_internal_user = ${owner.name}
default_internal_group = ${owner.group}
default_login_user = ${owner.name}
first_valid_uid = ${owner.uid}
first_valid_gid = 0
mail_uid = ${owner.uid}
mail_gid = ${owner.gid}
mail_home = ${dir}/mail/%u
mail_location = sdbox:~/sdbox
mail_attribute_dict = file:%h/attributes
mail_plugins = quota
mail_max_userip_connections = 50
mail_fsync = never
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
auth_cache_size = 0
${ssl}
passdb {
  driver = passwd-file
  args = scheme=PLAIN ${dir}/users
}
userdb {
  driver = passwd-file
  args = ${dir}/users
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Drafts {
    auto = subscribe
    special_use = \\Drafts
  }
  mailbox Sent {
    auto = subscribe
    special_use = \\Sent
  }
  mailbox Archive {
    auto = subscribe
    special_use = \\Archive
  }
  mailbox Junk {
    auto = subscribe
    special_use = \\Junk
  }
  mailbox Trash {
    auto = subscribe
    special_use = \\Trash
  }
}
protocol imap {
  mail_plugins = quota imap_quota
  imap_metadata = yes
}
plugin {
  quota = count:User quota
  quota_vsizes = yes
}
service imap-login {
  chroot =
  process_min_avail = 1
  service_count = 0
  inet_listener imap {
    address = 127.0.0.1
    port = ${ports.imap}
  }
  ${imaps}
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${ports.lmtp}
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
service imap-urlauth-login {
  chroot =
}
service imap {
  process_limit = 2000
  client_limit = 1
}
${extra}
`;
}
