import { outboxTiming } from '#server/mail/outbox/outbox-timing.ts';
import { startOutbox } from '#server/mail/outbox/run-outbox.ts';

/** A server process of which only the outbox runs, until it is killed or its standard input ends. It tells on standard output when it is up. */
Object.assign(outboxTiming, { pollMs: 20, leaseMs: 800, renewMs: 200, doubtMs: [0, 100], filedTwiceMs: 50, backOffMs: [50] });
startOutbox();
process.stdin.on('end', () => process.exit(0)).resume();
process.stdout.write('up\n');
