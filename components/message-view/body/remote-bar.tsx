import { ChevronDown } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { Menu, MenuItem } from '#components/ui/menu.tsx';
import { visibleText } from '#lib/format/visible-text.ts';
import type { PictureChoices } from '#lib/mail/pictures-from.ts';

interface Props {
  /** Pictures that stay away. */
  count: number;
  /** Null: they cannot be asked for. */
  onLoad: (() => void) | null;
  /** Null where nothing proves who sent them. */
  choices: PictureChoices | null;
  onAlways: (choice: string) => void;
}

/** Says that pictures from the net stay away, and loads them once, or from now on for who sent them. */
export function RemoteBar({ count, onLoad, choices, onAlways }: Props) {
  const t = useTranslations('body');
  const always = choices ? [choices.sender, choices.domain].filter((choice) => choice !== null) : [];
  return (
    <div className="no-print mb-3 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md border border-line bg-hover px-3 py-2 text-meta text-muted">
      <span className="min-w-0 flex-1 basis-60 leading-normal">{t('remoteBlocked', { count })}</span>
      {onLoad ? (
        <span className="flex flex-wrap gap-2">
          <Button onClick={onLoad}>{t('loadRemote')}</Button>
          {always.length > 0 ? (
            <Menu
              trigger={
                <Button look="quiet">
                  {t('always')}
                  <Icon of={ChevronDown} size={16} />
                </Button>
              }
            >
              {always.map((choice) => (
                <MenuItem key={choice} onSelect={() => onAlways(choice)}>
                  {t('alwaysFrom', { sender: visibleText(choice.replace(/^@/, '')) })}
                </MenuItem>
              ))}
            </Menu>
          ) : null}
        </span>
      ) : null}
    </div>
  );
}
