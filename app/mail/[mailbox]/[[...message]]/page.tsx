import { notFound, redirect } from 'next/navigation';
import { MailScreen } from '#components/shell/mail-screen.tsx';
import { mailHref } from '#lib/client/mail-path.ts';
import { mailboxPathSchema } from '#lib/mail/mailbox.ts';
import { accountKey } from '#server/auth/account.ts';
import { env } from '#server/env.ts';
import { ownAddresses } from '#server/mail/compose/identities.ts';
import { readFirstScreen } from '#server/mail/read-first-screen.ts';
import { pageContext } from '../../../page-context.ts';

interface Params {
  mailbox: string;
  message?: string[];
}

type Query = Record<string, string | string[] | undefined>;

/** A mailbox, and a message of it when one is named. Its first rows stand in this page's HTML. */
export default async function Page({
  params,
  searchParams,
}: {
  params: Promise<Params>;
  searchParams: Promise<Query>;
}) {
  const { mailbox: segment, message = [] } = await params;
  const mailbox = mailboxPathSchema.safeParse(decode(segment));
  const isNumbered = message.length === 0 || (message.length === 1 && /^[1-9]\d{0,9}$/.test(message[0] ?? ''));
  if (!mailbox.success || !isNumbered) notFound();
  const { auth, preferences } = await pageContext();
  if (!auth) redirect(`/login?next=${encodeURIComponent(`/mail/${encodeURIComponent(mailbox.data)}`)}`);
  const screen = await readFirstScreen(auth, mailbox.data, preferences.conversations.includes(mailbox.data));
  return (
    <MailScreen
      initial={{ preferences, ...screen, ownAddresses: ownAddresses(auth.account) }}
      path={mailHref(mailbox.data, message[0] ? Number(message[0]) : null) + toQuery(await searchParams)}
      address={auth.account.user}
      account={accountKey(auth.account)}
      isPublicComputer={auth.publicComputer}
      phishingAddress={env().phishingReportAddress}
      keptDays={env().keptDays}
    />
  );
}

/** Of a search, as the browser reads it from the address. */
function toQuery(query: Query): string {
  const known = ['q', 'scope', 'sort', 'at'].flatMap((name) => {
    const value = query[name];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  return known.length > 0 ? `?${new URLSearchParams(known)}` : '';
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}
