import { useCallback, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { BodyPart, MessageDetail } from '#lib/mail/message-detail.ts';
import { HtmlBody } from './html-body.tsx';
import { PlainText } from './plain-text.tsx';

/** The text of a message, part by part in its order. `dark` draws HTML in dark colours. */
export function MessageBody({ message, dark }: { message: MessageDetail; dark: boolean }) {
  return message.body.map((body) => <Part key={body.part} message={message} body={body} dark={dark} />);
}

function Part({ message, body, dark }: { message: MessageDetail; body: BodyPart; dark: boolean }) {
  const t = useTranslations('body');
  const [hasFailed, setFailed] = useState(false);
  const onFail = useCallback(() => setFailed(true), []);
  return (
    <div className="mb-4">
      {body.kind === 'plain' ? <PlainText text={body.content} /> : null}
      {body.kind === 'html' && hasFailed ? <p className="text-meta text-muted">{t('failed')}</p> : null}
      {body.kind === 'html' && !hasFailed ? (
        <HtmlBody message={message} html={body.content} dark={dark} onFail={onFail} />
      ) : null}
      {body.truncated ? <p className="mt-2 text-meta text-muted">{t('truncated')}</p> : null}
    </div>
  );
}
