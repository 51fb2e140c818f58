import { fetchJson } from './fetch-json.ts';

const most = 500;

/** Has addresses found in a mail signed for one use; answers the address on our own origin for each. Throws a MailError. */
export async function signLinks(
  use: 'leave' | 'image',
  urls: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const asked = urls.filter((url) => url.length <= 8_000).slice(0, most);
  if (asked.length === 0) return new Map();
  const { addresses } = await fetchJson<{ addresses: string[] }>('/api/links', { signal, body: { use, urls: asked } });
  return new Map(asked.flatMap((url, index) => (addresses[index] ? [[url, addresses[index]]] : [])));
}
