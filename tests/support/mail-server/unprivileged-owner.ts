import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** Name and ids of whom a mail server of the tests runs as. */
export interface Owner {
  name: string;
  group: string;
  uid: number;
  gid: number;
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Mail servers refuse to keep mail as root: then everything belongs to nobody. */
export function unprivilegedOwner(): Owner {
  const id = (flag: string, ...who: string[]) => execFileSync('id', [flag, ...who], { encoding: 'utf8' }).trim();
  const who = isRoot() ? ['nobody'] : [];
  return {
    name: id('-un', ...who),
    group: id('-gn', ...who),
    uid: Number(id('-u', ...who)),
    gid: Number(id('-g', ...who)),
  };
}

/** Makes folders that belong to the owner; of the first, the owner may pass through (not read) those above it. */
export function makeFoldersOf({ uid, gid }: Owner, folders: [first: string, ...rest: string[]]): void {
  for (const folder of folders) {
    mkdirSync(folder, { recursive: true });
    if (isRoot()) chownSync(folder, uid, gid);
  }
  if (!isRoot()) return;
  for (let current = dirname(folders[0]); current !== '/'; current = dirname(current)) {
    const mode = Number.parseInt(execFileSync('stat', ['-c', '%a', current], { encoding: 'utf8' }), 8);
    if ((mode & 0o001) === 0) chmodSync(current, mode | 0o001);
  }
}
