import { connect } from 'node:net';

export interface Listener {
  /** Resolves with the moment (milliseconds since the epoch) at which an untagged line that fits came. */
  heard(line: RegExp): Promise<number>;
  /** Says NOTIFY again: without it Dovecot grows deaf when its log of mailboxes rotates. */
  rearm(): Promise<void>;
  close(): void;
}

/** A bare second device: one connection that listens with NOTIFY (RFC 5465) and IDLE (RFC 2177), as Pipit's watch does. */
export async function listen(port: number, user: string, password: string): Promise<Listener> {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  let text = '';
  let waiting: { line: RegExp; resolve: (at: number) => void; reject: (error: Error) => void } | null = null;
  socket.once('close', () => waiting?.reject(new Error('closed')));
  const check = () => {
    if (!waiting || !waiting.line.test(text)) return;
    waiting.resolve(performance.timeOrigin + performance.now());
    waiting = null;
  };
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    check();
  });
  const heard = (line: RegExp) =>
    new Promise<number>((resolve, reject) => {
      waiting = { line, resolve, reject };
      check();
    });
  const commands = [
    `LOGIN ${user} ${password}`,
    'SELECT INBOX',
    'NOTIFY SET (selected (MessageNew MessageExpunge FlagChange)) (personal (MessageNew MessageExpunge FlagChange MailboxName SubscriptionChange))',
  ];
  await heard(/^\* OK/);
  for (const [index, command] of commands.entries()) {
    text = '';
    socket.write(`l${index} ${command}\r\n`);
    await heard(new RegExp(`^l${index} OK`, 'm'));
  }
  const idle = async () => {
    text = '';
    socket.write('idle IDLE\r\n');
    await heard(/^\+ /m);
  };
  await idle();
  return {
    async rearm() {
      socket.write('DONE\r\n');
      await heard(/^idle OK/m);
      text = '';
      socket.write('noop NOOP\r\n');
      await heard(/^noop OK/m);
      socket.write(`none NOTIFY NONE\r\nagain ${commands.at(-1)}\r\n`);
      await heard(/^again OK/m);
      await idle();
    },
    heard(line) {
      text = '';
      return heard(line);
    },
    close: () => socket.destroy(),
  };
}
