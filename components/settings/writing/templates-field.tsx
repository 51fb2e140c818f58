import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { lazyPart } from '#components/ui/lazy-part.tsx';
import { discardTemplate, openTemplate, useTemplates } from '#lib/client/compose/templates.ts';
import { showToast } from '#lib/client/toasts.ts';
import { useErrorToast } from '#lib/client/use-error-toast.ts';
import { isMailError } from '#lib/errors.ts';
import { visibleText } from '#lib/format/visible-text.ts';
import type { OpenedDraft } from '#lib/mail/draft.ts';
import type { MessageRef } from '#lib/mail/message.ts';

// It holds the editor, whose filter has to be loaded first.
const TemplateDialog = lazyPart(async () => {
  const [{ TemplateDialog: Loaded }, { loadFilterWindow }] = await Promise.all([
    import('./template-dialog.tsx'),
    import('#components/compose/editor/filter-window.ts'),
  ]);
  await loadFilterWindow();
  return Loaded;
});

/** Messages to begin with: made, changed and deleted. They lie in the account. */
export function TemplatesField() {
  const t = useTranslations('settings');
  const errors = useTranslations('errors');
  const errorToast = useErrorToast();
  const client = useQueryClient();
  const { data: templates = [], isFetched } = useTemplates();
  const [edited, setEdited] = useState<{ opened: OpenedDraft | null } | null>(null);

  async function attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const code = isMailError(error) ? error.code : 'unexpected';
      errorToast(code, t('templateFailed', { reason: errors(code) }));
    }
  }

  const edit = (ref: MessageRef) => attempt(async () => setEdited({ opened: await openTemplate(ref) }));
  const remove = (ref: MessageRef) =>
    attempt(async () => {
      await discardTemplate(client, ref);
      showToast({ kind: 'info', text: t('templateRemoved') });
    });

  return (
    <section className="mb-7" aria-labelledby="templates-title">
      <h2 id="templates-title" className="mb-1 text-list font-semibold">
        {t('templates')}
      </h2>
      <p className="mb-2 text-meta leading-normal text-muted">{t('templatesHint')}</p>
      {templates.length > 0 ? (
        <ul className="mb-3 divide-y divide-line rounded-lg border border-line bg-surface">
          {templates.map(({ ref, name }) => (
            <li key={ref.uid} className="flex flex-wrap items-center gap-2 px-4 py-2">
              <bdi className="min-w-0 flex-1 basis-40 truncate text-list font-medium">{visibleText(name)}</bdi>
              <Button aria-label={t('templateEdit', { name })} onClick={() => void edit(ref)}>
                {t('edit')}
              </Button>
              <Button aria-label={t('templateRemove', { name })} onClick={() => void remove(ref)}>
                {t('remove')}
              </Button>
            </li>
          ))}
        </ul>
      ) : isFetched ? (
        <p className="mb-3 text-meta text-muted">{t('templatesNone')}</p>
      ) : null}
      <Button onClick={() => setEdited({ opened: null })}>{t('templateAdd')}</Button>
      {edited ? <TemplateDialog opened={edited.opened} onClose={() => setEdited(null)} /> : null}
    </section>
  );
}
