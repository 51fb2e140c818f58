import type { ComponentProps } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#components/ui/button.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { Command, CommandContext } from './command.ts';
import { runCommand } from './run-command.ts';
import { useCommandHint } from './use-command-hint.ts';

/**
 * A command as an icon, or with words where its container has room. One that can't be done keeps its place and can be focused; its
 * description says why.
 */
export function CommandButton({
  command,
  context,
  withWords = false,
  ...rest
}: ComponentProps<'button'> & { command: Command; context: CommandContext; withWords?: boolean }) {
  const t = useTranslations('commands');
  const whyNot = useTranslations('whyNot');
  const hint = useCommandHint();
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
    <Button look="quiet" {...own}>
      <Icon of={command.icon} />
      <span className="@max-lg:sr-only">{t(command.id)}</span>
    </Button>
  );
}
