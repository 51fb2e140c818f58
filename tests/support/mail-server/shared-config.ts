/** Extra dovecot.conf (ACL, RFC 4314): people see the folders that others let them see below "Other Users/". `dir`: for the list of who let whom. */
export function sharedConfig(dir: string): string {
  return `
mail_plugins = quota acl
protocol imap {
  mail_plugins = quota imap_quota acl imap_acl
}
namespace others {
  type = shared
  separator = /
  prefix = Other Users/%%u/
  location = sdbox:%%h/sdbox:INDEXPVT=~/others/%%u
  subscriptions = no
  list = children
}
plugin {
  acl = vfile
  acl_shared_dict = file:${dir}/shared-folders
}
`;
}
