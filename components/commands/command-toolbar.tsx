import { Toolbar } from '@base-ui/react/toolbar';
import { useTranslations } from 'use-intl';
import { IconButton } from '#components/ui/icon-button.tsx';
import { useMailContext } from './mail-context.tsx';
import { refresh } from './refresh.ts';
import { toolbarCommands } from './registry.ts';

/** The verbs for the selection, else for the focused row. Their places are fixed: nothing jumps when the selection changes. */
export function CommandToolbar() {
  const context = useMailContext();
  const t = useTranslations('commands');
  // Two verbs that exclude each other share a place.
  const shown = toolbarCommands.filter((command) => command.isShown(context));
  const pairs = [toolbarCommands.slice(0, 2), toolbarCommands.slice(2, 4)];
  return (
    <Toolbar.Root aria-label={t('toolbar')} className="flex items-center">
      {pairs.map((pair) => {
        const command = pair.find((one) => shown.includes(one)) ?? pair[0];
        if (!command) return null;
        return (
          <Toolbar.Button
            key={pair[0]?.id}
            disabled={!shown.includes(command)}
            onClick={() => command.run(context)}
            render={<IconButton icon={command.icon} label={t(command.id)} />}
          />
        );
      })}
      <Toolbar.Button
        onClick={() => refresh.run(context)}
        render={<IconButton icon={refresh.icon} label={t(refresh.id)} />}
      />
    </Toolbar.Root>
  );
}
