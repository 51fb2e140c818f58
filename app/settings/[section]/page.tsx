import { notFound, redirect } from 'next/navigation';
import { isSection } from '#components/settings/sections.ts';
import { SettingsPage } from '#components/settings/settings-page.tsx';
import { accountKey } from '#server/auth/account.ts';
import { pageContext } from '../../page-context.ts';

export default async function Page({ params }: { params: Promise<{ section: string }> }) {
  const { section } = await params;
  if (!isSection(section)) notFound();
  const { auth, preferences } = await pageContext();
  if (!auth) redirect(`/login?next=/settings/${section}`);
  return (
    <SettingsPage
      section={section}
      preferences={preferences}
      account={accountKey(auth.account)}
      isPublicComputer={auth.publicComputer}
    />
  );
}
