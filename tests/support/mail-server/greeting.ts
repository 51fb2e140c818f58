import type { ChildProcess } from 'node:child_process';
import { connect } from 'node:net';

const readyWithinMs = 20_000;

/** Resolves at the first "* OK" of an IMAP server or 220 of an SMTP server on this port; rejects when its process ends or time runs out. */
export function greeting(port: number, child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = setTimeout(() => reject(new Error('The mail server did not greet in time')), readyWithinMs);
    const onExit = () => {
      clearTimeout(giveUp);
      reject(new Error('The mail server ended while starting; see its log'));
    };
    child.once('exit', onExit);
    const attempt = () => {
      const socket = connect(port, '127.0.0.1');
      socket.once('data', (data) => {
        socket.destroy();
        if (!/^(?:\* OK|220 )/.test(data.toString())) return;
        clearTimeout(giveUp);
        child.off('exit', onExit);
        resolve();
      });
      socket.once('error', () => {
        socket.destroy();
        if (child.exitCode === null) setTimeout(attempt, 25);
      });
    };
    attempt();
  });
}
