import type { MessageRef } from '#lib/mail/message.ts';
import { parseAddressList } from '#lib/mail/parse-address-list.ts';
import { fetchJson, query } from '#lib/client/fetch-json.ts';
import { noListHeaders } from './respond.ts';
import type { ListHeaders } from './respond.ts';

/** Reads what an answer to a mailing list needs. An answer does not wait for it in vain: without it, it is one to an ordinary message. */
export async function readListHeaders({ mailbox, uidValidity, uid }: MessageRef): Promise<ListHeaders> {
  try {
    const address = `/api/messages/${uid}/headers?${query({ mailbox, uidValidity })}`;
    const { headers } = await fetchJson<{ headers: { name: string; value: string }[] }>(address);
    const all = (wanted: string) =>
      headers.filter(({ name }) => name.toLowerCase() === wanted).map(({ value }) => value);
    return {
      followupTo: parseAddressList(all('mail-followup-to').join(', ')),
      deliveredTo: [...all('delivered-to'), ...all('x-original-to'), ...all('envelope-to')].flatMap((value) =>
        parseAddressList(value).map(({ address: one }) => one),
      ),
    };
  } catch {
    return noListHeaders;
  }
}
