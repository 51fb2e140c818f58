import { ChevronsRight, Star } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { CommandButton } from '#components/commands/command-button.tsx';
import type { Command, CommandContext } from '#components/commands/command.ts';
import { refused, toMark } from '#components/commands/reasons.ts';
import { runCommand } from '#components/commands/run-command.ts';
import { anyHas, setKeyword } from '#components/commands/set-keyword.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu, MenuItem } from '#components/ui/menu.tsx';
import { useFitting } from '#components/ui/use-fitting.ts';
import { StarButton } from './star-button.tsx';

const away = 'invisible absolute';

interface Props {
  /** Of each place the first command that is shown stands there. */
  places: readonly (readonly Command[])[];
  /** Aimed at what is open. */
  context: CommandContext;
  withWords?: boolean;
}

/** What can be done with what is open: at the top of it, on a phone at its foot. What has no room stands in a menu at the end. */
export function FittingVerbs({ places: all, context, withWords = false }: Props) {
  const commands = useTranslations('commands');
  const t = useTranslations('message');
  const places = all.filter((place) => place.some((command) => command.isShown(context)));
  const { row, fitting } = useFitting(places.length + 1);
  const isStarred = anyHas(context, '$flagged');
  return (
    <div ref={row} className="relative flex min-w-0 flex-1 items-center gap-1 max-two:justify-around">
      {places.map((place, index) => (
        <div key={place[0]?.id} className={`shrink-0 ${index < fitting ? '' : away}`}>
          <CommandButton place={place} context={context} withWords={withWords} />
        </div>
      ))}
      <div className={`shrink-0 ${places.length < fitting ? '' : away}`}>
        <StarButton context={context} withWords={withWords} />
      </div>
      {fitting > places.length ? null : (
        <Menu
          trigger={
            <IconButton
              icon={ChevronsRight}
              className="rtl:-scale-x-100"
              label={t('moreVerbs')}
              disabled={context.target.count === 0}
            />
          }
        >
          {places.slice(fitting).map((place) => {
            const command = place.find((one) => one.isShown(context));
            if (!command) return null;
            return (
              <MenuItem
                key={command.id}
                icon={command.icon}
                disabled={command.whyNot(context) !== null}
                onSelect={() => void runCommand(command, context)}
              >
                {commands(command.id)}
              </MenuItem>
            );
          })}
          <MenuItem
            icon={Star}
            disabled={refused(context, toMark) !== null}
            onSelect={() => setKeyword(context, '$flagged', !isStarred)}
          >
            {isStarred ? commands('unstar') : commands('star')}
          </MenuItem>
        </Menu>
      )}
    </div>
  );
}
