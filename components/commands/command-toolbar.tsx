import { Toolbar } from '@base-ui/react/toolbar';
import { useTranslations } from 'use-intl';
import { CommandButton } from './command-button.tsx';
import { useMailContext } from './mail-context.tsx';
import { toolbarPlaces } from './registry.ts';

/** The verbs for the selection, else for the focused row. Their places are fixed: nothing jumps when the selection changes. */
export function CommandToolbar() {
  const context = useMailContext();
  const t = useTranslations('shortcuts');
  return (
    <Toolbar.Root aria-label={t('toolbar')} className="flex items-center">
      {toolbarPlaces.map((place) => (
        <Toolbar.Button key={place[0]?.id} render={<CommandButton place={place} context={context} />} />
      ))}
    </Toolbar.Root>
  );
}
