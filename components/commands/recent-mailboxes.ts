/** Mailboxes chosen lately, the latest first; for as long as the page stands. */
let recent: readonly string[] = [];

const maxRecent = 5;

export function recentMailboxes(): readonly string[] {
  return recent;
}

export function noteRecent(path: string): void {
  recent = [path, ...recent.filter((one) => one !== path)].slice(0, maxRecent);
}
