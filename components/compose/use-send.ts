import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { RefObject } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorText } from '#components/errors/error-notice.tsx';
import type { ComposeStart } from '#lib/client/compose/composers.ts';
import type { DraftSession } from '#lib/client/compose/draft-session.ts';
import { readIdentities, useSendingLimits } from '#lib/client/compose/use-identities.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';
import { isMailError, toMailErrorValue } from '#lib/errors.ts';
import type { SendRequest } from '#lib/mail/outgoing.ts';
import type { HeaderFieldsHandle } from './header-fields.tsx';
import { useSentToast } from './use-sent-toast.ts';
import { findWarnings, withoutQuotes } from './warnings.ts';
import type { Warning } from './warnings.ts';

export interface Sending {
  isBusy: boolean;
  /** Files are not all there; it goes when they are. */
  isWaiting: boolean;
  /** Why it did not go, as a sentence. */
  problem: string | null;
  warnings: readonly Warning[] | null;
  isScheduling: boolean;
  send(): Promise<void>;
  sendAnyway(): Promise<void>;
  openSchedule(): void;
  schedule(at: string): Promise<void>;
  back(): void;
}

type When = SendRequest['when'];

/** From the press of the button to the server's word: addresses checked, warnings asked, files waited for, one key per press. */
export function useSend(
  session: DraftSession,
  start: ComposeStart,
  header: RefObject<HeaderFieldsHandle | null>,
  onEnd: () => void,
): Sending {
  const t = useTranslations('compose');
  const errorText = useErrorText();
  const client = useQueryClient();
  const { undoSeconds } = usePreferences().preferences;
  const limits = useSendingLimits();
  const tellSent = useSentToast();
  const [stage, setStage] = useState<'idle' | 'scheduling' | 'waiting' | 'sending'>('idle');
  const [warnings, setWarnings] = useState<{ list: readonly Warning[]; when: When } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const running = useRef(false);
  const undoable: When = { kind: 'undoable', seconds: undoSeconds };

  async function begin(when: When | null, isConfirmed: boolean): Promise<void> {
    if (running.current) return;
    setProblem(null);
    setWarnings(null);
    const content = session.content();
    if (header.current?.focusInvalid()) return setProblem(t('invalidRecipients'));
    if (content.to.length + content.cc.length + content.bcc.length === 0) {
      header.current?.focusTo();
      return setProblem(t('noRecipients'));
    }
    const count = content.to.length + content.cc.length + content.bcc.length;
    if (limits && count > limits.maxRecipients)
      return setProblem(t('tooManyRecipients', { count, most: limits.maxRecipients }));
    if (!when) return setStage('scheduling');
    setStage('idle');
    if (!isConfirmed) {
      const found = findWarnings(
        {
          ...content,
          attachments: [...content.attachments, ...session.get().files.map(({ attachment }) => attachment)],
        },
        {
          written: withoutQuotes(content.text),
          isToAll: start.type === 'respond' && start.how === 'reply-all',
          trusted: await trustedAddresses(),
        },
      );
      if (found.length > 0) return setWarnings({ list: found, when });
    }
    running.current = true;
    try {
      setStage('waiting');
      await session.uploads.arrived();
      setStage('sending');
      const answer = await session.send(crypto.randomUUID(), when);
      if (answer.queued) {
        onEnd();
        tellSent(answer.message, session.id);
      }
    } catch (error) {
      setProblem(
        t('notSent', {
          reason: isMailError(error)
            ? errorText(toMailErrorValue(error))
            : errorText({ code: 'unexpected', retryable: true }),
        }),
      );
    } finally {
      running.current = false;
      setStage('idle');
    }
  }

  /** One's own, and those of the message that is answered: their domains are right. */
  async function trustedAddresses(): Promise<string[]> {
    const own = await readIdentities(client).catch(() => ({ identities: [] }));
    const answered = start.type === 'respond' ? initial.current : [];
    return [...own.identities.map(({ address }) => address), ...answered];
  }

  const initial = useRef<string[]>(
    [...session.get().content.to, ...session.get().content.cc].map(({ address }) => address),
  );

  return {
    isBusy: stage === 'waiting' || stage === 'sending',
    isWaiting: stage === 'waiting' && session.get().files.length > 0,
    problem,
    warnings: warnings?.list ?? null,
    isScheduling: stage === 'scheduling',
    send: () => begin(undoable, false),
    sendAnyway: () => begin(warnings?.when ?? undoable, true),
    openSchedule: () => void begin(null, false),
    schedule: (at) => begin({ kind: 'scheduled', at }, false),
    back() {
      setWarnings(null);
      setStage('idle');
    },
  };
}
