import { useState } from 'react';
import type { ReactNode } from 'react';
import { useMailContext } from '#components/commands/mail-context.tsx';
import { usePreferences } from '#lib/client/use-preferences.ts';
import { findBlocked } from '#lib/mail/blocked.ts';
import type { Keyword } from '#lib/mail/keyword.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';
import { AttachmentList } from './attachment-list.tsx';
import { BlockedNotice } from './blocked-notice.tsx';
import { KeptSince } from './kept-since.tsx';
import { MessageBody } from './body/message-body.tsx';
import { DeliveryNotice } from './delivery-notice.tsx';
import { MessageHeading } from './message-heading.tsx';
import { Notices } from './notices.tsx';
import { ReceiptNotice } from './receipt-notice.tsx';
import { SenderWarnings } from './sender-truth.tsx';

/** Everything of a message below its subject: who wrote to whom, what to know of it, its text and what hangs on it. */
export function MessageContent({
  message,
  keywords = message.keywords,
  dark,
  fold,
}: {
  message: MessageDetail;
  /** Where they are fresher than the message's own. */
  keywords?: readonly Keyword[];
  dark: boolean;
  /** What folds it to one line, in a conversation. */
  fold?: ReactNode;
}) {
  const { blocking } = useMailContext();
  const { preferences } = usePreferences();
  const [isUnfolded, setUnfolded] = useState(false);
  const blocked = findBlocked(preferences.blockedSenders, message.from);
  return (
    <>
      <MessageHeading message={message} fold={fold} />
      <KeptSince message={message} />
      <SenderWarnings truth={message.truth} />
      {message.delivery ? <DeliveryNotice report={message.delivery} /> : null}
      <Notices notices={message.notices} />
      {blocked ? null : <ReceiptNotice message={message} keywords={keywords} />}
      {blocked ? (
        <BlockedNotice
          address={blocked.address}
          isFolded={!isUnfolded}
          onShow={() => setUnfolded(true)}
          onUnblock={() => blocking.unblock(blocked.address)}
        />
      ) : null}
      {blocked && !isUnfolded ? null : (
        <>
          <div className="mt-5">
            <MessageBody message={message} dark={dark} withPictures={!blocked} />
          </div>
          <AttachmentList message={message} />
        </>
      )}
    </>
  );
}
