import { useTranslations } from 'use-intl';
import { LabelFilter } from '#components/labels/label-chip.tsx';
import { useLabelsOf } from '#lib/client/labels/use-labels.ts';

/** The labels among `keywords`; a click on one shows what else has it. */
export function MessageLabels({ keywords, className = '' }: { keywords: readonly string[]; className?: string }) {
  const commands = useTranslations('commands');
  const labels = useLabelsOf()([...new Set(keywords)]);
  if (labels.length === 0) return null;
  return (
    <ul
      aria-label={commands('labels')}
      className={`flex flex-wrap gap-x-1.5 gap-y-1 pointer-coarse:-my-2 pointer-coarse:gap-y-0 ${className}`}
    >
      {labels.map((label) => (
        <li key={label.keyword} className="max-w-full">
          <LabelFilter label={label} />
        </li>
      ))}
    </ul>
  );
}
