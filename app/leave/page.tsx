import { LeavePage } from '#components/message-view/leave-page.tsx';
import { isSignedLink } from '#server/auth/link-signature.ts';
import { pageContext } from '../page-context.ts';

/** Shows where a doubtful link of a mail really leads; goes there only by a click. */
export default async function Page({ searchParams }: { searchParams: Promise<Record<string, string | string[]>> }) {
  const { u, sig } = await searchParams;
  const { auth } = await pageContext();
  const isOurs = auth && typeof u === 'string' && typeof sig === 'string' && isSignedLink(auth, 'leave', u, sig);
  const isWeb = isOurs && URL.canParse(u) && ['http:', 'https:'].includes(new URL(u).protocol);
  return <LeavePage target={isWeb ? u : null} />;
}
