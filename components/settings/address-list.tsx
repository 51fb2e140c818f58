import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { visibleText } from '#lib/format/visible-text.ts';

interface Props {
  title: string;
  hint: string;
  /** Said where there is none. */
  none: string;
  /** The latest last. */
  addresses: readonly string[];
  /** The button's word; its whole name has the address too. */
  remove: string;
  onRemove: (address: string) => void;
}

/** Addresses that something was chosen for, the latest first, each with the way back. */
export function AddressList({ title, hint, none, addresses, remove, onRemove }: Props) {
  const t = useTranslations('settings');
  return (
    <div className="mb-7">
      <h2 className="mb-2 text-list font-semibold">{title}</h2>
      <p className="mb-3 text-meta leading-normal text-muted">{hint}</p>
      {addresses.length === 0 ? (
        <p className="text-meta text-muted">{none}</p>
      ) : (
        <ul aria-label={title} className="divide-y divide-line rounded-lg border border-line">
          {addresses.toReversed().map((address) => (
            <li key={address} className="flex flex-wrap items-center justify-end gap-x-3 px-3 py-2 text-list">
              <bdi dir="ltr" className="min-w-0 flex-1 basis-40 wrap-anywhere">
                {visibleText(address)}
              </bdi>
              <Button
                aria-label={t('removeNamed', { word: remove, address: visibleText(address) })}
                onClick={() => onRemove(address)}
              >
                {remove}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
