import type { ComponentProps } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { Command, CommandContext } from './command.ts';
import { runCommand } from './run-command.ts';
import { useCommandHint } from './use-command-hint.ts';

/**
 * A place in a bar: the first of its commands that is shown, as an icon, or with words where its container has room. One that can't be
 * done can still be focused; its description says why. With words it is as wide as the longest of them, so that nothing beside
 * it moves when they take turns.
 */
export function CommandButton({
  place,
  context,
  withWords = false,
  ...rest
}: ComponentProps<'button'> & { place: readonly Command[]; context: CommandContext; withWords?: boolean }) {
  const t = useTranslations('commands');
  const whyNot = useTranslations('whyNot');
  const hint = useCommandHint();
  const command = place.find((one) => one.isShown(context));
  if (!command) return null;
  const reason = command.whyNot(context);
  const own = {
    ...rest,
    title: hint(command, context),
    'aria-disabled': reason !== null,
    'aria-description': reason ? whyNot(reason) : undefined,
    onClick: () => void runCommand(command, context),
  };
  if (!withWords) return <IconButton icon={command.icon} label={t(command.id)} {...own} />;
  return (
    <Button look="quiet" aria-label={t(command.id)} {...own} className="@max-2xl:!px-2">
      <Icon of={command.icon} />
      <span aria-hidden="true" className="grid justify-items-start *:[grid-area:1/1] @max-2xl:hidden">
        {place.map((one) => (
          <span key={one.id} className={one === command ? '' : 'invisible'}>
            {t(one.id)}
          </span>
        ))}
      </span>
    </Button>
  );
}
