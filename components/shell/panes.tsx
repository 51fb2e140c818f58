import type { CSSProperties, ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Splitter } from '#components/ui/splitter.tsx';
import { usePreferences } from '#lib/client/use-preferences.ts';
import { paneLimits } from '#lib/mail/default-preferences.ts';
import { usePaneSizes } from './use-pane-sizes.ts';

/**
 * Folders, list and message in as many panes as there is room for and as the person wants: the message beside the list, in its place,
 * or below it. Which stand where is said in globals.css (.panes), so that the first HTML is laid out already.
 */
export function Panes({
  isMessageOpen,
  folders,
  list,
  message,
}: {
  isMessageOpen: boolean;
  folders: ReactNode;
  list: ReactNode;
  message: ReactNode;
}) {
  const t = useTranslations('shell');
  const { layout, foldersAsIcons } = usePreferences().preferences;
  const { sizes, resize, keep } = usePaneSizes();
  const tracks = {
    '--folders': `${sizes.folders}px`,
    '--list': `${sizes.list}px`,
    '--list-height': `${sizes.listHeight}px`,
  } as CSSProperties; // Custom properties are not in React's type.
  const isBelow = layout === 'below';
  return (
    <div
      style={tracks}
      data-layout={layout}
      data-folders={foldersAsIcons ? 'icons' : 'names'}
      data-message={isMessageOpen ? 'open' : 'none'}
      className="panes print-flow min-h-0 flex-1"
    >
      {folders}
      <div data-pane="folders-edge" className="no-print">
        {foldersAsIcons ? (
          <div className="h-full bg-line" />
        ) : (
          <Splitter
            label={t('resizeFolders')}
            value={sizes.folders}
            limits={paneLimits.folders}
            onChange={(width) => resize({ folders: width })}
            onSettle={keep}
          />
        )}
      </div>
      <main className="contents">
        <div data-pane="list" className="no-print">
          {list}
        </div>
        <div data-pane="list-edge" className="no-print">
          <Splitter
            key={layout}
            label={isBelow ? t('resizeListHeight') : t('resizeList')}
            moves={isBelow ? 'down' : 'across'}
            value={isBelow ? sizes.listHeight : sizes.list}
            limits={isBelow ? paneLimits.listHeight : paneLimits.list}
            onChange={(size) => resize(isBelow ? { listHeight: size } : { list: size })}
            onSettle={keep}
          />
        </div>
        <div data-pane="message" className="print-flow">
          {message}
        </div>
      </main>
    </div>
  );
}
