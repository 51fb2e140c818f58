import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { ErrorNotice } from '#components/errors/error-notice.tsx';
import { Button } from '#components/ui/button.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { fetchJson } from '#lib/client/fetch-json.ts';
import { isSessionOver, sessionOver } from '#lib/client/session/session-over.ts';
import { signLinks } from '#lib/client/sign-links.ts';
import { showToast } from '#lib/client/toasts.ts';
import { useMessage } from '#lib/client/use-message.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';
import { isMailError } from '#lib/errors.ts';
import { displayName } from '#lib/format/display-name.ts';
import { visibleText } from '#lib/format/visible-text.ts';
import type { ExitWay, UnsubscribeAnswer } from '#lib/mail/list-exit.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import type { Question } from './asked.ts';

interface Props {
  message: MessageRef;
  onClose: () => void;
}

/** Says how a message's list lets one go, and to whom something is sent for that; nothing goes anywhere before the person says so. */
export function UnsubscribeDialog({ question: { context }, onClose }: { question: Question; onClose: () => void }) {
  const [message] = context.target.messages;
  return message ? <About message={message} onClose={onClose} /> : null;
}

function About({ message: ref, onClose }: Props) {
  const t = useTranslations('exit');
  const common = useTranslations('common');
  const { preferences } = usePreferences();
  const { message, error, retry } = useMessage(ref, preferences.body);
  return (
    <Dialog narrow title={t('title')} closeLabel={common('close')} onClose={onClose}>
      {message?.exit ? (
        <Ways message={message} way={message.exit.way} onClose={onClose} />
      ) : error && !message ? (
        <ErrorNotice error={error} onRetry={retry} />
      ) : (
        <>
          <p role="status" className="text-list leading-normal">
            {message ? t('none') : common('loading')}
          </p>
          <div className="mt-5 flex justify-end">
            <Button onClick={onClose}>{common('close')}</Button>
          </div>
        </>
      )}
    </Dialog>
  );
}

function Ways({ message, way, onClose }: { message: MessageDetail; way: ExitWay; onClose: () => void }) {
  const t = useTranslations('exit');
  const common = useTranslations('common');
  const errors = useTranslations('errors');
  const [isBusy, setBusy] = useState(false);
  const [key] = useState(() => crypto.randomUUID());
  const [failure, setFailure] = useState<string | null>(null);
  const list = listName(message);
  const page = way.kind === 'page' || (way.kind === 'one-click' && failure !== null) ? way.url : null;

  async function leave(): Promise<void> {
    if (isBusy || way.kind === 'page') return;
    setBusy(true);
    setFailure(null);
    try {
      const { mailbox, uidValidity, uid } = message.ref;
      const body = { mailbox, uidValidity, way: way.kind, key };
      const { outcome } = await fetchJson<UnsubscribeAnswer>(`/api/messages/${uid}/unsubscribe`, { body });
      if (outcome !== 'done') return setFailure(t(outcome, { host: way.kind === 'one-click' ? way.host : '' }));
      onClose();
      showToast({ kind: 'info', text: way.kind === 'mail' ? t('mailSent', { to: way.to }) : t('done', { list }) });
    } catch (error) {
      if (isMailError(error) && isSessionOver(error.code)) await sessionOver(error.code);
      setFailure(t('failed', { reason: errors(isMailError(error) ? error.code : 'unexpected') }));
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <div className="space-y-3 text-list leading-normal wrap-anywhere">
        <Words way={way} list={list} />
        {failure === null ? null : (
          <p role="alert" className="text-danger">
            {failure} {page ? <span className="text-ink">{t('pageInstead')}</span> : null}
          </p>
        )}
      </div>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{common('cancel')}</Button>
        {page ? <PageLink url={page} onGone={onClose} /> : null}
        {way.kind === 'page' ? null : (
          <Button look={page ? 'plain' : 'primary'} autoFocus aria-disabled={isBusy} onClick={() => void leave()}>
            {t('button')}
          </Button>
        )}
      </div>
    </>
  );
}

function Words({ way, list }: { way: ExitWay; list: string }) {
  const t = useTranslations('exit');
  switch (way.kind) {
    case 'one-click':
      return (
        <>
          <p>{t('oneClick', { list, host: way.host })}</p>
          {way.isProven ? null : <p className="text-muted">{t('unproven', { host: way.host })}</p>}
        </>
      );
    case 'mail':
      return (
        <>
          <p>
            {t(way.text ? 'mailWithText' : 'mail', {
              list,
              from: way.from,
              to: way.to,
              subject: visibleText(way.subject),
            })}
          </p>
          {way.text ? (
            <p
              dir="auto"
              className="max-h-40 overflow-y-auto border-s-2 border-line ps-3 whitespace-pre-wrap text-muted"
            >
              {way.text.split('\n').map(visibleText).join('\n')}
            </p>
          ) : null}
        </>
      );
    case 'page':
      return <p>{t('page', { list, host: way.host })}</p>;
  }
}

/** By way of our page that shows where a link leads, in a tab of its own. */
function PageLink({ url, onGone }: { url: string; onGone: () => void }) {
  const t = useTranslations('exit');
  const errors = useTranslations('errors');
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    signLinks('leave', [url], controller.signal).then(
      (addresses) => setAddress(addresses.get(url) ?? null),
      (error: unknown) => {
        if (controller.signal.aborted) return;
        const reason = errors(isMailError(error) ? error.code : 'unexpected');
        showToast({ kind: 'error', text: t('failed', { reason }) });
      },
    );
    return () => controller.abort();
  }, [url, t, errors]);
  return address === null ? (
    <Button look="primary" disabled>
      {t('openPage')}
    </Button>
  ) : (
    <ButtonLink href={address} onClick={onGone}>
      {t('openPage')}
    </ButtonLink>
  );
}

/** What the list calls itself, else who wrote. */
function listName({ exit, from: [sender] }: MessageDetail): string {
  if (exit?.list) return visibleText(exit.list);
  return sender ? visibleText(displayName(sender)) : '';
}
