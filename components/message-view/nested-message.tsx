import { useTranslations } from 'use-intl';
import { ErrorNotice } from '#components/errors/error-notice.tsx';
import { useMessage } from '#lib/client/use-message.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';
import { visibleText } from '#lib/format/visible-text.ts';
import type { MessageRef } from '#lib/mail/message.ts';
import { AttachmentList } from './attachment-list.tsx';
import { MessageBody } from './body/message-body.tsx';
import { MessageHeading } from './message-heading.tsx';
import { Notices } from './notices.tsx';

/** A message that another carries as an attachment (message/rfc822), read by its section number. */
export function NestedMessage({ parent, section }: { parent: MessageRef; section: string }) {
  const t = useTranslations('message');
  const { preferences } = usePreferences();
  const { message, error, retry } = useMessage(parent, preferences.body, section);
  if (error) return <ErrorNotice error={error} onRetry={retry} />;
  if (!message) return null;
  return (
    <article>
      <h2 dir="auto" className="mb-3 text-title font-semibold">
        {visibleText(message.subject) || t('noSubject')}
      </h2>
      <MessageHeading message={message} />
      <Notices notices={message.notices} />
      <div className="mt-4">
        <MessageBody message={message} dark={false} />
      </div>
      <AttachmentList message={message} />
    </article>
  );
}
