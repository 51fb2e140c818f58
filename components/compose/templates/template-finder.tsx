import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { OptionFinder } from '#components/ui/option-finder.tsx';
import { useTemplates } from '#lib/client/compose/templates.ts';
import { formatListDate } from '#lib/format/dates.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import { visibleText } from '#lib/format/visible-text.ts';
import type { Template } from '#lib/mail/template.ts';

/** The person's templates, found by a part of their names. */
export function TemplateFinder({ onChoose, onClose }: { onChoose: (template: Template) => void; onClose: () => void }) {
  const t = useTranslations('compose');
  const format = useFormat();
  const { data: templates = [], isFetched } = useTemplates();
  const [typed, setTyped] = useState('');
  const wanted = typed.trim().toLocaleLowerCase();
  const found = templates.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
  return (
    <OptionFinder
      title={t('insertTemplate')}
      query={typed}
      groups={[
        {
          label: t('templates'),
          options: found.map(({ ref, name, savedAt }) => ({
            id: `${ref.uid}`,
            content: (
              <>
                <bdi className="min-w-0 flex-1 truncate">{visibleText(name) || t('unnamedTemplate')}</bdi>
                <span className="text-small text-muted">{formatListDate(savedAt, format)}</span>
              </>
            ),
          })),
        },
      ]}
      nothingFound={isFetched ? t('noTemplates') : t('opening')}
      onQuery={setTyped}
      onChoose={(id) => {
        const template = found.find(({ ref }) => `${ref.uid}` === id);
        if (template) onChoose(template);
      }}
      onClose={onClose}
    />
  );
}
