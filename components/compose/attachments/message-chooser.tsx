import { useQueryClient } from '@tanstack/react-query';
import { FileText, Mail } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorText } from '#components/errors/error-notice.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { OptionFinder } from '#components/ui/option-finder.tsx';
import { readMessage } from '#lib/client/use-message.ts';
import { isMailError, toMailErrorValue } from '#lib/errors.ts';
import type { MailErrorValue } from '#lib/errors.ts';
import { formatListDate } from '#lib/format/dates.ts';
import { displayName } from '#lib/format/display-name.ts';
import { formatSize } from '#lib/format/size.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import { visibleText } from '#lib/format/visible-text.ts';
import type { DraftAttachment } from '#lib/mail/draft.ts';
import type { MessageDetail } from '#lib/mail/message-detail.ts';
import { takeAttachments } from '../editor/quote-message.ts';
import { attachWhole } from './attach-whole.ts';
import { useFoundMessages } from './use-found-messages.ts';

interface Props {
  onAttach: (attachments: DraftAttachment[]) => void;
  onClose: () => void;
}

/** Takes files of other messages: first the message, then what of it. Nothing is downloaded, the server copies. */
export function MessageChooser({ onAttach, onClose }: Props) {
  const t = useTranslations('compose');
  const errorText = useErrorText();
  const client = useQueryClient();
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<MessageDetail | null>(null);
  const [failure, setFailure] = useState<MailErrorValue | null>(null);
  const { messages, isSearching, error } = useFoundMessages(typed);

  if (chosen) return <FileChooser message={chosen} onAttach={onAttach} onClose={onClose} />;

  async function choose(index: number): Promise<void> {
    const ref = messages[index]?.ref;
    if (!ref) return;
    try {
      setChosen(await readMessage(client, ref));
    } catch (reason) {
      setFailure(isMailError(reason) ? toMailErrorValue(reason) : { code: 'unexpected', retryable: true });
    }
  }

  const problem = failure ?? error;
  return (
    <OptionFinder
      title={t('findAttachment')}
      query={typed}
      groups={[
        {
          label: problem ? errorText(problem) : t('messagesWithFiles'),
          options: messages.map(({ row: { from, subject, receivedAt } }, index) => ({
            id: `${index}`,
            content: (
              <>
                <Icon of={Mail} size={16} className="shrink-0 text-faint" />
                <span className="min-w-0 flex-1">
                  <bdi className="block truncate">{visibleText(subject) || t('noSubject')}</bdi>
                  <bdi className="block truncate text-small text-muted">{from[0] ? displayName(from[0]) : ''}</bdi>
                </span>
                <span className="shrink-0 text-small text-muted tabular-nums">
                  {formatListDate(receivedAt, format)}
                </span>
              </>
            ),
          })),
        },
      ]}
      nothingFound={problem ? errorText(problem) : isSearching ? t('searching') : t('noMessagesWithFiles')}
      onQuery={(text) => {
        setFailure(null);
        setTyped(text);
      }}
      onChoose={(id) => void choose(Number(id))}
      onClose={onClose}
    />
  );
}

function FileChooser({ message, onAttach, onClose }: Props & { message: MessageDetail }) {
  const t = useTranslations('compose');
  const { locale } = useFormat();
  const [typed, setTyped] = useState('');
  const files = takeAttachments(message);
  const wanted = typed.trim().toLocaleLowerCase();
  const choices = [
    ...(files.length > 1 ? [{ name: t('allFiles', { count: files.length }), size: sum(files), take: files }] : []),
    ...files.map((file) => ({ name: visibleText(file.name), size: file.size, take: [file] })),
    { name: t('wholeMessage'), size: message.size, take: [attachWhole(message.ref, message)] },
  ].filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
  return (
    <OptionFinder
      title={t('chooseFile')}
      query={typed}
      groups={[
        {
          label: visibleText(message.subject) || t('noSubject'),
          options: choices.map(({ name, size, take }, index) => ({
            id: `${index}`,
            content: (
              <>
                <Icon
                  of={take[0]?.source.kind === 'message' ? Mail : FileText}
                  size={16}
                  className="shrink-0 text-faint"
                />
                <bdi className="min-w-0 flex-1 truncate">{name}</bdi>
                <span className="shrink-0 text-small text-muted tabular-nums">{formatSize(size, locale)}</span>
              </>
            ),
          })),
        },
      ]}
      nothingFound={t('noSuchFile')}
      onQuery={setTyped}
      onChoose={(id) => {
        onAttach(choices[Number(id)]?.take ?? []);
        onClose();
      }}
      onClose={onClose}
    />
  );
}

function sum(files: readonly DraftAttachment[]): number {
  return files.reduce((octets, { size }) => octets + size, 0);
}
