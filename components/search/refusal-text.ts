import { useTranslations } from 'use-intl';
import type { SearchRefusal } from '#lib/mail/parse-search.ts';

const examples = {
  before: 'example-date',
  after: 'example-date',
  older_than: 'example-age',
  newer_than: 'example-age',
  larger: 'example-size',
  smaller: 'example-size',
  has: 'example-has',
  is: 'example-is',
} as const;

/** Why a query is not understood, and what would be. */
export function useRefusalText(): (refusal: SearchRefusal) => string {
  const t = useTranslations('search');
  return ({ reason, operator = '' }) => {
    const example = operator in examples ? examples[operator as keyof typeof examples] : 'example-text'; // Just looked.
    return t(reason, { operator, example: t(example) });
  };
}
