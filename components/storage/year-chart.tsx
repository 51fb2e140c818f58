import { useId } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { formatSize } from '#lib/format/size.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import type { StorageReport } from '#lib/mail/storage.ts';

const height = 120;
const column = 36;

/** What arrived in each year takes, as columns, with the same as a table behind it. `years` null: nothing is known yet. */
export function YearChart({
  years,
  onCleanUp,
}: {
  years: StorageReport['years'] | null;
  onCleanUp: (year: number) => void;
}) {
  const t = useTranslations('storage');
  const { locale } = useFormat();
  const titleId = useId();
  const all = years ?? [];
  const most = Math.max(1, ...all.map(({ bytes }) => bytes));
  const largest = all.find(({ bytes }) => bytes === most);
  return (
    <section aria-labelledby={titleId} aria-busy={years === null} className="mb-8">
      <h2 id={titleId} className="mb-2 text-list font-semibold">
        {t('byYear')}
      </h2>
      {years === null ? <div aria-hidden className="skeleton h-30 w-full" /> : null}
      {years?.length === 0 ? <p className="text-meta text-muted">{t('nothingThere')}</p> : null}
      {all.length > 0 ? (
        <>
          <div className="overflow-x-auto" tabIndex={0} role="group" aria-labelledby={titleId}>
            <svg
              role="img"
              aria-label={t('yearPicture', {
                first: `${all[0]?.year ?? ''}`,
                last: `${all.at(-1)?.year ?? ''}`,
                most: `${largest?.year ?? ''}`,
                size: formatSize(largest?.bytes ?? 0, locale),
              })}
              width={Math.max(1, all.length) * column}
              height={height + 22}
              className="block rtl:-scale-x-100"
            >
              {all.map(({ year, bytes, messages }, index) => {
                const tall = Math.max(2, (bytes / most) * height);
                return (
                  <g key={year}>
                    <title>{`${year}: ${formatSize(bytes, locale)}, ${t('count', { count: messages })}`}</title>
                    <rect
                      x={index * column + 5}
                      y={height - tall}
                      width={column - 10}
                      height={tall}
                      rx={3}
                      className="fill-accent forced-colors:fill-[Highlight]"
                    />
                    <text
                      x={index * column + column / 2}
                      y={height + 16}
                      textAnchor="middle"
                      className="fill-muted text-tiny tabular-nums rtl:-scale-x-100 rtl:[transform-box:fill-box] rtl:origin-center"
                    >
                      {year}
                    </text>
                  </g>
                );
              })}
            </svg>
          </div>
          <details className="mt-2 text-meta">
            <summary className="min-h-6 cursor-pointer text-muted pointer-coarse:min-h-11 pointer-coarse:py-3">
              {t('asTable')}
            </summary>
            <table className="mt-1 w-full border-collapse text-list">
              <caption className="sr-only">{t('byYear')}</caption>
              <thead className="sr-only">
                <tr>
                  <th scope="col">{t('year')}</th>
                  <th scope="col">{t('messagesColumn')}</th>
                  <th scope="col">{t('size')}</th>
                  <th scope="col">{t('cleanUp')}</th>
                </tr>
              </thead>
              <tbody>
                {all.toReversed().map(({ year, messages, bytes }) => (
                  <tr key={year} className="border-b border-line">
                    <th scope="row" className="py-1 text-start font-normal tabular-nums">
                      {year}
                    </th>
                    <td className="text-end text-muted tabular-nums">{t('count', { count: messages })}</td>
                    <td className="ps-3 text-end tabular-nums">{formatSize(bytes, locale)}</td>
                    <td className="ps-2 text-end">
                      <Button
                        look="quiet"
                        aria-label={t('cleanUpOf', { name: `${year}` })}
                        onClick={() => onCleanUp(year)}
                      >
                        {t('cleanUpShort')}
                      </Button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </>
      ) : null}
    </section>
  );
}
