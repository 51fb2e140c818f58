import { useCallback, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { BodyPart, MessageDetail } from '#lib/mail/message-detail.ts';
import { HtmlBody } from './html-body.tsx';
import { PlainText } from './plain-text.tsx';

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
      {body.kind === 'html' && hasFailed ? <p className="text-meta text-muted">{t('failed')}</p> : null}
      {body.kind === 'html' && !hasFailed ? (
        <HtmlBody message={message} html={body.content} dark={dark} withPictures={withPictures} onFail={onFail} />
      ) : null}
      {body.truncated ? <p className="mt-2 text-meta text-muted">{t('truncated')}</p> : null}
    </div>
  );
}
