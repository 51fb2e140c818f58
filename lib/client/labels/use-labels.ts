import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { tintOf } from '#lib/format/display-name.ts';
import { visibleText } from '#lib/format/visible-text.ts';
import type { Keyword } from '#lib/mail/keyword.ts';
import { isLabel, isSameKeyword, labelNameOf, namedMarkOf, namedMarks } from '#lib/mail/label.ts';
import type { Label } from '#lib/mail/label.ts';
import type { Preferences } from '#lib/mail/preferences.ts';
import { fetchJson, query } from '#lib/client/fetch-json.ts';
import { keys } from '#lib/client/keys.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';

/** Names and colours of keywords that are labels, in the order of the message; the same function until one is changed. */
export function useLabelsOf(): (keywords: readonly Keyword[]) => Label[] {
  const t = useTranslations('labels');
  const { labels } = usePreferences().preferences;
  return useMemo(() => {
    const kept = new Map(labels.map((label) => [label.keyword.toLowerCase(), label]));
    return (keywords) =>
      keywords.filter(isLabel).map((keyword) => toLabel(keyword, kept.get(keyword.toLowerCase()), t));
  }, [labels, t]);
}

/** What the server tells of a mailbox's keywords (GET /api/labels). */
export interface KnownKeywords {
  keywords: Keyword[];
  takesNew: boolean;
  settable: Keyword[];
  /** Labels are mailboxes, as on Gmail. */
  areMailboxes: boolean;
}

/** All labels there are to choose from in a mailbox: those remembered and those it knows, by name. */
export function useLabels(mailbox: string | null) {
  const labelsOf = useLabelsOf();
  const { labels } = usePreferences().preferences;
  const { data } = useQuery<KnownKeywords>({
    queryKey: keys.labels(mailbox ?? ''),
    queryFn: ({ signal }) => fetchJson<KnownKeywords>(`/api/labels?${query({ mailbox: mailbox ?? '' })}`, { signal }),
    enabled: mailbox !== null,
    // Other programs make keywords without telling anybody.
    staleTime: 0,
  });
  const all = useMemo(() => {
    const keywords = labels.map(({ keyword }) => keyword);
    for (const keyword of data?.keywords ?? [])
      if (!keywords.some((one) => isSameKeyword(one, keyword))) keywords.push(keyword);
    return labelsOf(keywords).toSorted((a, b) => a.name.localeCompare(b.name));
  }, [labels, labelsOf, data]);
  return { labels: all, known: data ?? null };
}

function toLabel(
  keyword: Keyword,
  kept: Preferences['labels'][number] | undefined,
  t: ReturnType<typeof useTranslations<'labels'>>,
): Label {
  const mark = namedMarkOf(keyword);
  const own = mark ? t(namedMarks[mark]) : visibleText(labelNameOf(keyword));
  return { keyword, name: kept?.name ?? own, colour: kept?.colour ?? tintOf(keyword) };
}
