import { useCallback, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { BodyPart, MessageDetail } from '#lib/mail/message-detail.ts';
import { partAddress } from '../part-address.ts';
import { HtmlBody } from './html-body.tsx';
import { PlainText } from './plain-text.tsx';
import { wordsOfHtml } from './words-of-html.ts';

interface Props {
  message: MessageDetail;
  /** Draws HTML in dark colours. */
  dark: boolean;
  /** Without: pictures from the net stay away, and are not offered. */
  withPictures?: boolean;
}

/** The text of a message, part by part in its order. */
export function MessageBody({ message, dark, withPictures = true }: Props) {
  return message.body.map((body) => (
    <Part key={body.part} message={message} body={body} dark={dark} withPictures={withPictures} />
  ));
}

function Part({ message, body, dark, withPictures }: Required<Props> & { body: BodyPart }) {
  const t = useTranslations('body');
  const [hasFailed, setFailed] = useState(false);
  const onFail = useCallback(() => setFailed(true), []);
  return (
    <div className="mb-4">
      {body.kind === 'plain' ? <PlainText text={body.content} /> : null}
      {body.kind === 'html' && hasFailed ? <Undrawn message={message} body={body} /> : null}
      {body.kind === 'html' && !hasFailed ? (
        <HtmlBody message={message} html={body.content} dark={dark} withPictures={withPictures} onFail={onFail} />
      ) : null}
      {body.truncated ? <p className="mt-2 text-meta text-muted">{t('truncated')}</p> : null}
    </div>
  );
}

/** HTML that is too large, too deep or too slow to be drawn: its words, and all of it as a file. */
function Undrawn({ message, body }: { message: MessageDetail; body: BodyPart }) {
  const t = useTranslations('body');
  const words = useMemo(() => wordsOfHtml(body.content), [body.content]);
  return (
    <>
      <p role="note" className="mb-3 rounded-md bg-hover px-3 py-2 text-meta leading-normal text-muted">
        {t('failed')}{' '}
        <a className="no-print text-accent underline" href={partAddress(message, `parts/${body.part}`)} download>
          {t('downloadBody')}
        </a>
      </p>
      <PlainText text={words} />
    </>
  );
}
