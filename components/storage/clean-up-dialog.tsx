import { useId, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorText } from '#components/errors/error-notice.tsx';
import { useMailboxName } from '#components/mailbox/mailbox-name.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { fieldLook } from '#components/ui/field-look.ts';
import { archiveTarget, useArchiveBy } from '#lib/client/mailbox/archive-target.ts';
import { startBulk } from '#lib/client/bulk/run-bulk.ts';
import { useErrorToast } from '#lib/client/use-error-toast.ts';
import { useStorageSelection } from '#lib/client/storage/use-storage-selection.ts';
import type { MailErrorValue } from '#lib/errors.ts';
import { formatSize } from '#lib/format/size.ts';
import { useFormat } from '#lib/format/use-format.tsx';
import { isInArchive } from '#lib/mail/archive-by.ts';
import type { ArchiveBy } from '#lib/mail/archive-by.ts';
import type { Mailbox } from '#lib/mail/mailbox.ts';
import type { MailAct } from '#lib/mail/task.ts';
import type { StorageSelection } from '#lib/mail/storage.ts';

/** What the question begins with. */
export interface CleanUp {
  mailbox?: string;
  year?: number;
  from?: string;
}

const ages = ['any', '6', '12', '24', '60'] as const;
/** Months in Trash. */
const stays = ['any', '1', '3', '6', '12'] as const;
const sizes = ['any', '100000', '1000000', '5000000', '10000000'] as const;

/** Asks which messages are to go and where, and says exactly how many they are before anything is done. */
export function CleanUpDialog({
  initial,
  mailboxes,
  onClose,
}: {
  initial: CleanUp;
  mailboxes: readonly Mailbox[];
  onClose: () => void;
}) {
  const t = useTranslations('storage');
  const common = useTranslations('common');
  const errors = useTranslations('errors');
  const errorText = useErrorText();
  const errorToast = useErrorToast();
  const nameOf = useMailboxName();
  const { locale, now, timeZone } = useFormat();
  const [path, setPath] = useState(initial.mailbox ?? '');
  const [age, setAge] = useState(initialAge(initial));
  const [stay, setStay] = useState('any');
  const [larger, setLarger] = useState('any');
  const [from, setFrom] = useState(initial.from ?? '');
  const [wanted, setWanted] = useState<StorageSelection['act']>('archive');
  const today = useState(now)[0];
  const mailbox = mailboxes.find((one) => one.path === path);
  const isTrash = mailbox?.role === 'trash';
  // Asked about a year, that year is meant, also of Trash.
  const isByStay = isTrash && age !== 'year';
  const archiveBy = useArchiveBy();
  const isArchived = mailbox?.role === 'archive' || (archiveBy !== null && isInArchive(mailboxes, path));
  const act = isArchived || isTrash ? 'delete' : wanted;
  const selection = useMemo(
    (): StorageSelection => ({
      act,
      ...(path ? { mailbox: path } : {}),
      ...(isByStay ? savedBefore(stay, today) : daysOf(age, initial.year, today)),
      timeZone,
      ...(larger === 'any' ? {} : { larger: Number(larger) }),
      ...(from.trim() ? { from: from.trim() } : {}),
    }),
    [act, path, isByStay, stay, age, initial.year, today, timeZone, larger, from],
  );
  const isLimited = path !== '' || (isByStay ? stay : age) !== 'any' || larger !== 'any' || from.trim() !== '';
  const { selected, error } = useStorageSelection(selection);
  const values = { count: selected?.messages ?? 0, size: formatSize(selected?.bytes ?? 0, locale) };

  function run(): void {
    if (!selected || selected.messages === 0) return;
    onClose();
    const refused = ({ code }: MailErrorValue) => errorToast(code, errors('changeFailed', { reason: errors(code) }));
    startBulk([toAct(act, isTrash, mailboxes, archiveBy)], selected.ranges, selected.messages, refused);
  }

  return (
    <Dialog title={t('cleanUpTitle')} closeLabel={common('close')} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <div className="grid gap-3 two:grid-cols-2">
          <Field label={t('mailbox')}>
            {(id) => (
              <select id={id} className={fieldLook} value={path} onChange={(event) => setPath(event.target.value)}>
                <option value="">{t('allMailboxes')}</option>
                {mailboxes
                  .filter(({ selectable }) => selectable)
                  .map((one) => (
                    <option key={one.path} value={one.path}>
                      {nameOf(one)}
                    </option>
                  ))}
              </select>
            )}
          </Field>
          {isByStay ? (
            <Field label={t('inTrashFor')}>
              {(id) => (
                <select id={id} className={fieldLook} value={stay} onChange={(event) => setStay(event.target.value)}>
                  {stays.map((months) => (
                    <option key={months} value={months}>
                      {months === 'any' ? t('anyStay') : t('longerThan', { months })}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          ) : (
            <Field label={t('age')}>
              {(id) => (
                <select id={id} className={fieldLook} value={age} onChange={(event) => setAge(event.target.value)}>
                  {initial.year === undefined ? null : (
                    <option value="year">{t('inYear', { year: `${initial.year}` })}</option>
                  )}
                  {ages.map((months) => (
                    <option key={months} value={months}>
                      {months === 'any' ? t('anyAge') : t('olderThan', { months: Number(months) })}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          )}
          <Field label={t('size')}>
            {(id) => (
              <select id={id} className={fieldLook} value={larger} onChange={(event) => setLarger(event.target.value)}>
                {sizes.map((octets) => (
                  <option key={octets} value={octets}>
                    {octets === 'any' ? t('anySize') : t('largerThan', { size: formatSize(Number(octets), locale) })}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={t('sender')}>
            {(id) => (
              <input
                id={id}
                type="text"
                inputMode="email"
                autoComplete="off"
                className={fieldLook}
                placeholder={t('anySender')}
                value={from}
                onChange={(event) => setFrom(event.target.value)}
              />
            )}
          </Field>
        </div>
        {isArchived || isTrash ? null : (
          <fieldset className="mt-4">
            <legend className="sr-only">{t('whatToDo')}</legend>
            {(['archive', 'delete'] as const).map((one) => (
              <label key={one} className="flex min-h-8 items-center gap-2.5 text-list pointer-coarse:min-h-11">
                <input
                  type="radio"
                  name="act"
                  className="size-4 accent-accent"
                  checked={wanted === one}
                  onChange={() => setWanted(one)}
                />
                {t(one === 'archive' ? 'toArchive' : 'toTrash')}
              </label>
            ))}
          </fieldset>
        )}
        <p role="status" className="mt-4 min-h-5 text-list">
          {error
            ? errorText(error)
            : selected
              ? `${t('selected', values)} ${!isLimited && selected.messages > 0 ? t('everything') : ''}`
              : t('counting')}
        </p>
        {isByStay && stay !== 'any' && selected?.by === 'received' ? (
          <p className="text-meta text-muted">{t('byArrival')}</p>
        ) : null}
        <p className="text-meta text-muted">{isTrash ? t('forGoodHint') : t('undoHint')}</p>
        <div className="mt-5 flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button
            type="submit"
            look={isTrash ? 'danger' : 'primary'}
            disabled={!selected || selected.messages === 0}
            className="tabular-nums"
          >
            {t(isTrash ? 'destroyThese' : act === 'archive' ? 'archiveThese' : 'deleteThese', values)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Asked about nothing in particular, old mail is meant. */
function initialAge({ mailbox, year, from }: CleanUp): string {
  if (year !== undefined) return 'year';
  return mailbox === undefined && from === undefined ? '12' : 'any';
}

function Field({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-meta text-muted">
        {label}
      </label>
      {children(id)}
    </div>
  );
}

/** Days where the person is. `months`: older than so many. */
function daysOf(age: string, year: number | undefined, today: number): Pick<StorageSelection, 'since' | 'before'> {
  if (age === 'year' && year !== undefined) {
    const four = (number: number) => `${number}`.padStart(4, '0');
    return { since: `${four(year)}-01-01`, before: `${four(year + 1)}-01-01` };
  }
  return age === 'any' ? {} : { before: monthsBefore(Number(age), today) };
}

function savedBefore(stay: string, today: number): Pick<StorageSelection, 'savedBefore'> {
  return stay === 'any' ? {} : { savedBefore: monthsBefore(Number(stay), today) };
}

function monthsBefore(months: number, today: number): string {
  const day = new Date(today);
  day.setUTCMonth(day.getUTCMonth() - months);
  return day.toISOString().slice(0, 10);
}

function toAct(
  act: StorageSelection['act'],
  isTrash: boolean,
  mailboxes: readonly Mailbox[],
  archiveBy: ArchiveBy | null,
): MailAct {
  if (isTrash) return { type: 'destroy' };
  if (act === 'archive') return { type: 'move', ...archiveTarget(mailboxes, archiveBy) };
  const to = mailboxes.find(({ role, selectable }) => role === 'trash' && selectable)?.path;
  return to ? { type: 'move', to } : { type: 'move', to: 'Trash', as: 'trash' };
}
