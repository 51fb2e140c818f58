import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { formatSize } from '#lib/format/size.ts';
import { useFormat } from '#lib/format/use-format.tsx';

export interface BarRow {
  key: string;
  name: string;
  detail?: string;
  messages: number;
  /** Null: not known yet. */
  bytes: number | null;
  onCleanUp?: () => void;
}

const shownAtFirst = 8;

/** A table whose sizes are drawn as bars as well. `rows` null: nothing is known yet. */
export function BarTable({
  title,
  name,
  rows,
  note = null,
}: {
  title: string;
  name: string;
  rows: readonly BarRow[] | null;
  note?: string | null;
}) {
  const t = useTranslations('storage');
  const { locale } = useFormat();
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? rows : rows?.slice(0, shownAtFirst);
  const most = Math.max(1, ...(rows ?? []).map(({ bytes }) => bytes ?? 0));
  return (
    <section className="mb-8" aria-busy={rows === null}>
      <table className="w-full table-fixed border-collapse text-list">
        <caption className="mb-2 text-start text-list font-semibold">{title}</caption>
        <colgroup>
          <col />
          <col className="w-28 max-two:w-0" />
          <col className="w-20" />
          <col className="w-26" />
        </colgroup>
        <thead className="sr-only">
          <tr>
            <th scope="col">{name}</th>
            <th scope="col">{t('messagesColumn')}</th>
            <th scope="col">{t('size')}</th>
            <th scope="col">{t('cleanUp')}</th>
          </tr>
        </thead>
        <tbody>
          {shown?.map(({ key, name: rowName, detail, messages, bytes, onCleanUp }) => (
            <tr key={key} className="border-b border-line">
              <th scope="row" className="py-1.5 pe-3 text-start font-normal">
                <span className="block truncate" dir="auto" title={detail ? `${rowName} <${detail}>` : rowName}>
                  {rowName} {detail ? <bdi className="text-small text-muted">{detail}</bdi> : null}
                </span>
                <span aria-hidden className="mt-1 block h-1.5 rounded-full bg-pressed forced-colors:border">
                  <span
                    className="block h-full min-w-0.5 rounded-full bg-accent forced-colors:bg-[Highlight]"
                    style={{ width: `${((bytes ?? 0) / most) * 100}%` }}
                  />
                </span>
              </th>
              <td className="text-end text-meta text-muted tabular-nums">
                <span className="max-two:sr-only">{t('count', { count: messages })}</span>
              </td>
              <td className="ps-3 text-end text-meta tabular-nums">
                {bytes === null ? '…' : formatSize(bytes, locale)}
              </td>
              <td className="ps-2 text-end">
                {onCleanUp ? (
                  <Button look="quiet" aria-label={t('cleanUpOf', { name: rowName })} onClick={onCleanUp}>
                    {t('cleanUpShort')}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows === null ? <div aria-hidden className="skeleton mt-2 h-24 w-full" /> : null}
      {rows?.length === 0 ? <p className="text-meta text-muted">{t('nothingThere')}</p> : null}
      {rows && rows.length > shownAtFirst && !isWhole ? (
        <Button look="quiet" className="mt-1" onClick={() => setWhole(true)}>
          {t('showAll', { count: rows.length })}
        </Button>
      ) : null}
      {note ? <p className="mt-2 text-meta text-muted">{note}</p> : null}
    </section>
  );
}
