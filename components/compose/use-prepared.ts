import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useComposeAccount } from '#lib/client/compose/compose-account.ts';
import type { ComposeStart, ComposerShape } from '#lib/client/compose/composers.ts';
import { startDraftSession } from '#lib/client/compose/draft-session.ts';
import type { DraftSession } from '#lib/client/compose/draft-session.ts';
import { holdDraft } from '#lib/client/compose/restore-composers.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';
import { isMailError, toMailErrorValue } from '#lib/errors.ts';
import type { MailErrorValue } from '#lib/errors.ts';
import { formatFullDate } from '#lib/format/dates.ts';
import { displayName } from '#lib/format/display-name.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import { formatAddress, formatAddressList } from '#lib/mail/parse-address-list.ts';
import { visibleText } from '#lib/format/visible-text.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';
import { prepareDraft } from './prepare-draft.ts';
import type { PrepareTools } from './prepare-draft.ts';

export type Prepared = { session: DraftSession; error: null } | { session: null; error: MailErrorValue | null };

/** The draft that a composer begins with, once it is read; it lives as long as the composer. */
export function usePrepared(start: ComposeStart, shape: ComposerShape | null): Prepared & { retry: () => void } {
  const client = useQueryClient();
  const account = useComposeAccount();
  const words = useQuoteWords();
  const { preferences } = usePreferences();
  const [prepared, setPrepared] = useState<Prepared>({ session: null, error: null });
  const [attempt, setAttempt] = useState(0);
  const keeper = account?.keeper ?? null;
  const latest = useRef({ start, shape, words, isRich: preferences.writeAs === 'html' });

  useEffect(() => {
    if (!keeper) return;
    let isHere = true;
    let session: DraftSession | null = null;
    let release = () => {};
    const { start: begin, shape: opened, words: spoken, isRich } = latest.current;
    prepareDraft(begin, { client, keeper, isRich, ...spoken }).then(
      (draft) => {
        if (!isHere) return;
        release = holdDraft(draft.id);
        session = startDraftSession({ ...draft, shape: opened }, keeper);
        setPrepared({ session, error: null });
      },
      (error: unknown) => {
        if (isHere)
          setPrepared({
            session: null,
            error: isMailError(error) ? toMailErrorValue(error) : { code: 'unexpected', retryable: true },
          });
      },
    );
    return () => {
      isHere = false;
      release();
      void session?.leave();
    };
  }, [client, keeper, attempt]);

  const retry = useCallback(() => {
    setPrepared({ session: null, error: null });
    setAttempt((before) => before + 1);
  }, []);
  return { ...prepared, retry };
}

/** The sentences around a quote, in the person's language. */
function useQuoteWords(): Pick<PrepareTools, 'attribution' | 'forwardedHead'> {
  const t = useTranslations('compose');
  const format = useFormat();
  return useMemo(() => {
    const dateOf = (message: MessageDetail) => formatFullDate(message.sentAt ?? message.receivedAt, format);
    return {
      attribution: (message) => {
        const [author] = message.from;
        return t('attribution', { date: dateOf(message), name: author ? displayName(author) : t('somebody') });
      },
      forwardedHead: (message) => ({
        title: t('forwardedTitle'),
        fields: [
          [t('from'), message.from.map(formatAddress).join(', ')],
          [t('date'), dateOf(message)],
          [t('subject'), visibleText(message.subject)],
          [t('to'), formatAddressList(message.to)],
          ...(message.cc.length > 0 ? [[t('cc'), formatAddressList(message.cc)] as [string, string]] : []),
        ],
      }),
    };
  }, [t, format]);
}
