import { Toolbar } from '@base-ui/react/toolbar';
import { useTranslations } from 'use-intl';
import { CommandButton } from './command-button.tsx';
import { useMailContext } from './mail-context.tsx';
import { toolbarPlaces } from './registry.ts';

/** Places that are left to the menu beside it where the header is as narrow as a phone. */
const kept = 4;

/** The verbs for the selection, else for the focused row. Their places are fixed: nothing jumps when the selection changes. */
export function CommandToolbar() {
  const context = useMailContext();
  const t = useTranslations('shortcuts');
  return (
    <Toolbar.Root aria-label={t('toolbar')} className="flex items-center">
      {toolbarPlaces.map((place, index) => (
        <Toolbar.Button
          key={place[0]?.id}
          className={index >= kept ? 'pointer-coarse:@max-lg:hidden' : ''}
          render={<CommandButton place={place} context={context} />}
        />
      ))}
    </Toolbar.Root>
  );
}
