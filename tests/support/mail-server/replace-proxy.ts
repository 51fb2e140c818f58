import type { Socket } from 'node:net';
import { imapPieces } from './imap-pieces.ts';
import { listenBefore } from './listen-before.ts';

export interface ReplaceProxy {
  port: number;
  /** How many messages were replaced by REPLACE, and how many came by APPEND. */
  counts: { replaced: number; appended: number };
  /** Called before each REPLACE is carried out. */
  before: (uid: number) => Promise<void>;
  close(): Promise<void>;
}

const command = /^(\S+) UID REPLACE (\d+) (.+) (\{\d+\+?\})$/i;

/**
 * Stands before a server without REPLACE and makes it one that has it (RFC 8508): what is to be replaced must be there, the new message
 * is appended and told by APPENDUID (section 4.3), then the old one is expunged, then the tagged answer comes.
 */
export async function startReplaceProxy(serverPort: number): Promise<ReplaceProxy> {
  const before: ReplaceProxy['before'] = () => Promise.resolve();
  const proxy = { counts: { replaced: 0, appended: 0 }, before };

  function relay(client: Socket, server: Socket): void {
    /** What is done at the moment; the client waits for it, as it does for every literal. */
    let going: { tag: string; uid: string; append: string; step: 'look' | 'append' | 'expunge'; isThere: boolean } | null = null;
    const fromClient = imapPieces({
      text(text, isFirst) {
        const [, tag = '', uid = '', target = '', literal = ''] = (isFirst && command.exec(text)) || [];
        if (isFirst && /^\S+ APPEND /i.test(text)) proxy.counts.appended += 1;
        if (!tag) return void server.write(`${text}\r\n`, 'latin1');
        going = { tag, uid, append: `${tag} APPEND ${target} ${literal}\r\n`, step: 'look', isThere: false };
        void proxy.before(Number(uid)).then(() => server.write('look NOOP\r\n'));
      },
      octets: (bytes) => server.write(bytes),
    });
    client.on('data', fromClient);
    server.on('data', imapPieces({
      text(text, isFirst) {
        const through = () => void client.write(`${text.replace(/(\[|\* )CAPABILITY /, '$&REPLACE ')}\r\n`, 'latin1');
        if (!going || !isFirst) return through();
        const { tag, uid, append, step } = going;
        if (step === 'look') {
          // Not sent together: Dovecot would then put off telling what is gone.
          if (text.startsWith('look ')) return void server.write(`find UID SEARCH UID ${uid}\r\n`);
          if (/^\* SEARCH/.test(text)) going.isThere = text.split(' ').includes(uid);
          else if (!text.startsWith('find ')) return through();
          else if (going.isThere) {
            going.step = 'append';
            server.write(append, 'latin1');
          } else {
            going = null;
            fromClient.expectLine(); // The client keeps its literal.
            client.write(`${tag} NO There is no such message\r\n`);
          }
          return;
        }
        if (step === 'append' && text.startsWith(`${tag} `)) {
          const [, appended] = /^\S+ OK (\[APPENDUID [^\]]+\])/.exec(text) ?? [];
          if (!appended) {
            going = null;
            return through();
          }
          going.step = 'expunge';
          client.write(`* OK ${appended} Replacement message ready\r\n`);
          return void server.write(`mark UID STORE ${uid} +FLAGS.SILENT (\\Deleted)\r\ngone UID EXPUNGE ${uid}\r\n`);
        }
        if (step === 'expunge' && text.startsWith('mark ')) return;
        if (step === 'expunge' && text.startsWith('gone ')) {
          going = null;
          proxy.counts.replaced += 1;
          return void client.write(`${tag} OK REPLACE completed\r\n`);
        }
        through();
      },
      octets: (bytes) => client.write(bytes),
    }));
  }

  return Object.assign(proxy, await listenBefore(serverPort, relay));
}
