import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { lazyPart } from '#components/ui/lazy-part.tsx';
import { callAction } from '#lib/client/call-action.ts';
import { accountOfPage } from '#lib/client/fetch-json.ts';
import { useIdentities } from '#lib/client/compose/use-identities.ts';
import { keys } from '#lib/client/keys.ts';
import { showToast } from '#lib/client/toasts.ts';
import { visibleText } from '#lib/format/visible-text.ts';
import type { Identities, Identity } from '#lib/mail/identity.ts';
import { saveIdentities } from '#server/actions/save-identities.ts';

// It holds the editor for signatures.
const IdentityDialog = lazyPart(async () => (await import('./identity-dialog.tsx')).IdentityDialog);

/** Whom the person writes as. The first is the one that new messages are written from. */
export function IdentitiesField() {
  const t = useTranslations('settings');
  const errors = useTranslations('errors');
  const client = useQueryClient();
  const known = useIdentities();
  const [edited, setEdited] = useState<Identity | null>(null);
  const identities = known?.identities ?? [];

  async function store(wanted: Identity[]): Promise<boolean> {
    const result = await callAction(saveIdentities(wanted, accountOfPage()));
    if (result.ok) client.setQueryData<Identities>(keys.identities, result.value);
    else
      showToast({
        kind: 'error',
        text: errors('changeFailed', { reason: errors(result.error.code) }),
      });
    return result.ok;
  }

  async function change(identity: Identity): Promise<void> {
    const isKnown = identities.some(({ id }) => id === identity.id);
    const wanted = isKnown
      ? identities.map((one) => (one.id === identity.id ? identity : one))
      : [...identities, identity];
    if (await store(wanted)) setEdited(null);
  }

  const fresh = (): Identity => ({
    id: crypto.randomUUID(),
    name: identities[0]?.name ?? '',
    address: '',
    replyTo: null,
    signature: '',
    sentMailbox: null,
  });
  return (
    <section className="mb-7" aria-labelledby="identities-title">
      <h2 id="identities-title" className="mb-1 text-list font-semibold">
        {t('identities')}
      </h2>
      <p className="mb-2 text-meta leading-normal text-muted">{t('identitiesHint')}</p>
      <ul className="mb-3 divide-y divide-line rounded-lg border border-line bg-surface">
        {identities.map((identity, index) => (
          <li key={identity.id} className="flex flex-wrap items-center gap-2 px-4 py-2">
            <div className="min-w-0 flex-1 basis-40">
              <bdi className="block truncate text-list font-medium">
                {visibleText(identity.name) || identity.address}
              </bdi>
              <span className="block truncate text-meta text-muted">
                <bdi>{visibleText(identity.address)}</bdi>
                {index === 0 ? ` · ${t('identityDefault')}` : ''}
              </span>
            </div>
            <Button onClick={() => setEdited(identity)}>{t('identityEdit')}</Button>
            {index > 0 ? (
              <Button onClick={() => void store([identity, ...identities.filter((one) => one !== identity)])}>
                {t('identityMakeDefault')}
              </Button>
            ) : null}
            {identity.id === 'default' ? null : (
              <Button onClick={() => void store(identities.filter((one) => one !== identity))}>
                {t('identityRemove')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {known && known.rule !== 'fixed' ? <Button onClick={() => setEdited(fresh())}>{t('identityAdd')}</Button> : null}
      {edited ? (
        <IdentityDialog
          identity={edited}
          isAddressFixed={edited.id === 'default'}
          onClose={() => setEdited(null)}
          onSave={change}
        />
      ) : null}
    </section>
  );
}
