import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { isPublicAddress } from './public-address.ts';
import { fetchRemoteImage } from './remote-image.ts';

const png = Buffer.from('89504e470d0a1a0a0000000d494844520000000900000009', 'hex');
const servers: Server[] = [];

/** Answers on loopback, which for once counts as the internet, and says where. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://pictures.test:${(server.address() as AddressInfo).port}`; // Listening on a port, not on a pipe.
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const get = (url: string) =>
  fetchRemoteImage(url, new AbortController().signal, {
    resolve: async (host) => (host === 'inner.test' ? ['127.0.0.1', '10.0.0.1'] : ['127.0.0.1']),
    isAllowed: (address) => address === '127.0.0.1',
    isAllowedPort: () => true,
  });

test('check 31: a picture is fetched without cookies, Referer, or anything of the browser', async () => {
  const seen: IncomingHttpHeaders[] = [];
  const address = await serve((request, response) => {
    seen.push(request.headers);
    response.setHeader('Set-Cookie', 'a=b').end(png);
  });
  expect((await get(`${address}/a.png?x=1`)).mediaType).toBe('image/png');
  await get(`${address}/b.png`);
  for (const headers of seen)
    expect(Object.keys(headers).toSorted()).toEqual(['accept', 'connection', 'host', 'user-agent']);
  expect(seen[0]?.['user-agent']).toContain('PipitImageProxy');
});

test.each([
  '127.0.0.1',
  'localhost',
  'localhost.',
  '0x7f000001',
  '2130706433',
  '127.1',
  '0177.0.0.1',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[64:ff9b::7f00:1]',
  '169.254.169.254',
  'metadata',
  'pictures.test.',
])('check 18: nobody goes to %s, whatever it means', async (host) => {
  const asked: string[] = [];
  const stranger = {
    resolve: async (name: string) => {
      asked.push(name);
      return ['8.8.8.8'];
    },
    isAllowed: isPublicAddress,
    isAllowedPort: () => true,
  };
  const stop = AbortSignal.timeout(1_000);
  await expect(fetchRemoteImage(`http://${host}/a.png`, stop, stranger)).rejects.toMatchObject({
    code: 'part-not-viewable',
  });
  expect(asked).toEqual([]);
});

test.each([
  ['127-0-0-1.nip.io', ['127.0.0.1']],
  ['metadata.google.internal', ['169.254.169.254']],
  ['mixed.test', ['8.8.8.8', '10.0.0.1']],
  ['mixed6.test', ['2606:4700::1111', '::1']],
  ['nowhere.test', []],
])('check 18: nobody goes to %s, which is at %j', async (host, addresses) => {
  const network = { resolve: async () => addresses, isAllowed: isPublicAddress, isAllowedPort: () => true };
  const stop = AbortSignal.timeout(1_000);
  await expect(fetchRemoteImage(`http://${host}/a.png`, stop, network)).rejects.toMatchObject({
    code: 'part-not-viewable',
  });
});

test.each([
  ['a private address', 'http://10.0.0.1/a.png'],
  ['a name with a private address among others', 'http://inner.test/a.png'],
  ['another scheme', 'file:///etc/passwd'],
  ['another scheme', 'gopher://pictures.test/'],
  ['somebody’s password', 'http://user:word@pictures.test/a.png'],
])('check 33: a redirect to %s is not followed', async (_what, target) => {
  const address = await serve((_, response) => response.writeHead(302, { Location: target }).end());
  await expect(get(`${address}/a.png`)).rejects.toMatchObject({ code: 'part-not-viewable' });
});

test('check 19: a name is looked up once for a hop, and the address that was checked is the one connected to', async () => {
  const address = await serve((_, response) => response.end(png));
  const answers = [['127.0.0.1'], ['10.0.0.1']];
  const image = await fetchRemoteImage(`${address}/a.png`, new AbortController().signal, {
    resolve: async () => answers.shift() ?? [],
    isAllowed: (one) => one === '127.0.0.1',
    isAllowedPort: () => true,
  });
  expect(image.mediaType).toBe('image/png');
  expect(answers).toEqual([['10.0.0.1']]);
});

test('check 33: a redirect that never ends is left after five', async () => {
  let asked = 0;
  const address = await serve((_, response) => {
    asked += 1;
    response.writeHead(302, { Location: '/again' }).end();
  });
  await expect(get(address)).rejects.toMatchObject({ code: 'part-not-viewable' });
  expect(asked).toBe(6);
});

test.each([
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
  ['HTML', '<!doctype html><script>alert(1)</script>'],
])('check 33: %s that calls itself a picture is none', async (_what, text) => {
  const address = await serve((_, response) => response.setHeader('Content-Type', 'image/png').end(text));
  await expect(get(address)).rejects.toMatchObject({ code: 'part-not-viewable' });
});

test('check 73: a picture of 10,000 by 10,000 pixels is not handed on, however few octets it has', async () => {
  const bomb = Buffer.from('89504e470d0a1a0a0000000d494844520000271000002710', 'hex');
  const address = await serve((_, response) => response.end(bomb));
  await expect(get(address)).rejects.toMatchObject({ code: 'part-not-viewable' });
});

test('check 33: 100 MB are left at ten', async () => {
  let sent = 0;
  const address = await serve((_, response) => {
    const piece = Buffer.alloc(1024 * 1024);
    const more = () => {
      while (sent < 100 && !response.destroyed) {
        sent += 1;
        if (!response.write(piece)) return response.once('drain', more);
      }
      response.end();
    };
    response.write(png);
    more();
  });
  await expect(get(address)).rejects.toMatchObject({ code: 'part-too-large' });
  expect(sent).toBeLessThan(40);
});

test('check 33: a picture that drips, a name that nobody knows and redirects that take their time are left after ten seconds in all', async () => {
  const dripping = await serve((_, response) => {
    response.write(png);
    const drip = setInterval(() => response.write('.'), 20);
    response.once('close', () => clearInterval(drip));
  });
  const wandering = await serve((_, response) => {
    const later = setTimeout(() => response.writeHead(302, { Location: '/again' }).end(), 4_000);
    response.once('close', () => clearTimeout(later));
  });
  const started = performance.now();
  const unknown = fetchRemoteImage('http://unknown.test/', new AbortController().signal, {
    resolve: () => new Promise(() => {}),
    isAllowed: () => true,
    isAllowedPort: () => true,
  });
  await Promise.all([
    expect(get(dripping)).rejects.toMatchObject({ code: 'server-timeout' }),
    expect(get(wandering)).rejects.toMatchObject({ code: 'server-timeout' }),
    expect(unknown).rejects.toMatchObject({ code: 'part-not-viewable' }),
  ]);
  expect(performance.now() - started).toBeLessThan(11_000);
}, 20_000);
