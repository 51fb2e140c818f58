import { snoozeTiming } from '#server/mail/snooze/snooze-timing.ts';
import { startWakes } from '#server/mail/snooze/run-wakes.ts';

/** A server process that only wakes what is snoozed, until it is killed or its standard input ends. It tells on standard output when it is up. */
Object.assign(snoozeTiming, { pollMs: 20, leaseMs: 700, renewMs: 150, backOffMs: [50] });
startWakes();
process.stdin.on('end', () => process.exit(0)).resume();
process.stdout.write('up\n');
