import type { Socket } from 'node:net';
import { lacking } from './extensions.ts';
import type { ExtensionName } from './extensions.ts';
import { imapPieces } from './imap-pieces.ts';
import { listenBefore } from './listen-before.ts';

export interface FilterProxy {
  port: number;
  /** Commands that were answered with BAD because what they use was never offered; a good client sends none. */
  refused(): string[];
  close(): Promise<void>;
}

/** Stands before a real server and makes it one that lacks extensions: it neither offers, nor takes, nor says what is theirs. */
export async function startFilterProxy(serverPort: number, names: readonly ExtensionName[] | 'everything'): Promise<FilterProxy> {
  const { isSaid, isRefused, cleanse } = lacking(names);
  const refused: string[] = [];

  function fromClient(client: Socket, server: Socket): (chunk: Buffer) => void {
    let isDropping = false;
    return imapPieces({
      text(text, isFirst) {
        const [tag = '', ...words] = text.split(' ');
        const command = words.join(' ');
        if (isFirst) isDropping = command !== '' && isRefused(command);
        if (!isDropping) return void server.write(`${known(text)}\r\n`, 'latin1');
        if (!isFirst) return;
        refused.push(command);
        client.write(`${tag} BAD Unknown command\r\n`);
      },
      octets: (bytes) => isDropping || server.write(bytes),
    });
  }

  /** A word of ENABLE that a server does not know means nothing to it. */
  function known(text: string): string {
    const [tag = '', command = '', ...words] = text.split(' ');
    if (!/^ENABLE$/i.test(command)) return text;
    const left = words.filter((word) => isSaid(word.toUpperCase()));
    return left.length > 0 ? [tag, command, ...left].join(' ') : `${tag} NOOP`;
  }

  function fromServer(client: Socket): (chunk: Buffer) => void {
    let isDropping = false;
    return imapPieces({
      text(text, isFirst) {
        const left = cleanse(text).replace(/(\[|\* )CAPABILITY ([^\]]*)/, (_, before: string, list: string) => `${before}CAPABILITY ${list.split(' ').filter(isSaid).join(' ')}`);
        if (isFirst) isDropping = left === '' && text !== '';
        if (!isDropping) client.write(`${left}\r\n`, 'latin1');
      },
      octets: (bytes) => isDropping || client.write(bytes),
    });
  }

  const listening = await listenBefore(serverPort, (client, server) => {
    client.on('data', fromClient(client, server));
    server.on('data', fromServer(client));
  });
  return { ...listening, refused: () => refused };
}
