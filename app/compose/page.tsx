import { redirect } from 'next/navigation';
import { ComposePage } from '#components/compose/compose-page.tsx';
import { pageContext } from '../page-context.ts';

type Query = Record<string, string | string[] | undefined>;

/** A message in a page of its own: a new one (`to cc bcc subject body`, or a whole `mailto`), or a draft by its id. */
export default async function Page({ searchParams }: { searchParams: Promise<Query> }) {
  const { auth, preferences } = await pageContext();
  if (!auth) redirect(`/login?next=${encodeURIComponent(`/compose?${toQuery(await searchParams)}`)}`);
  return <ComposePage preferences={preferences} address={auth.account.user} isPublicComputer={auth.publicComputer} />;
}

function toQuery(query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const one of [value].flat()) if (one !== undefined) search.append(name, one);
  return search.toString();
}
