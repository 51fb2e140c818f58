import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { isRoot, makeFoldersOf, unprivilegedOwner } from './mail-server/unprivileged-owner.ts';

/** Everything that is mounted becomes read-only in this name space, but for the one folder; then root is given up for good. */
const script = `
set -e
program="$1" data="$2" owner="$3" group="$4"
shift 4
mount --make-rprivate /
mount --bind "$data" "$data"
mount --bind "$PWD" "$program"
for place in / /tmp /var/tmp /dev/shm /run "$program"; do
  if mountpoint -q "$place"; then mount -o remount,bind,ro "$place"; fi
done
cd "$program"
exec setpriv --reuid="$owner" --regid="$group" --clear-groups --no-new-privs --bounding-set=-all "$@"
`;

/** Whether this process may make a name space of its own for mounts. */
export function canConfine(): boolean {
  try {
    if (isRoot()) execFileSync('unshare', ['-m', 'mount', '--make-rprivate', '/'], { stdio: 'ignore' });
    return isRoot();
  } catch {
    return false;
  }
}

/**
 * A command, as its words, that runs Node here as nobody, with all of the file system read-only but `dataDir`, which is made. The program
 * is seen at the empty folder `place`, wherever it lies. Only where `canConfine`.
 */
export function confined(command: readonly string[], { place, dataDir }: { place: string; dataDir: string }): string[] {
  const owner = unprivilegedOwner();
  makeFoldersOf(owner, [dataDir]);
  makeFoldersOf(owner, [place]);
  const seen = command.map((word) => (word.startsWith(join(process.cwd(), '/')) ? join(place, word.slice(process.cwd().length)) : word));
  return ['unshare', '-m', 'sh', '-c', script, 'sh', place, dataDir, `${owner.uid}`, `${owner.gid}`, ...seen];
}
