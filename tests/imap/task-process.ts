import { imapSession } from '#server/imap/sessions.ts';
import { startOnAll } from './bulk-fixture.ts';
import { password } from './imap-fixture.ts';

/**
 * A server process that moves all of somebody's INBOX to Attic, until it is killed or its standard input ends: `task-process.ts user port`.
 * It tells the task's id on standard output once it is begun.
 */
const [user = '', port] = process.argv.slice(2);
const account = { host: '127.0.0.1', port: Number(port), user };
const session = imapSession({ id: `another-${user}`, account, password, publicComputer: false });
const { id } = await startOnAll(session, 'INBOX', { type: 'move', to: 'Attic' });
process.stdin.on('end', () => process.exit(0)).resume();
process.stdout.write(id);
