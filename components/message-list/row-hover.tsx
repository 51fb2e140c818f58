import { CommandButton } from '#components/commands/command-button.tsx';
import { useMailContext } from '#components/commands/mail-context.tsx';
import { hoverPlaces } from '#components/commands/registry.ts';
import { aimedAt } from '#components/commands/run-command.ts';
import type { ListRow } from '#lib/client/message-list.ts';

/** What can be done with the row under the mouse, over the place of its date: nothing moves. The same stands in its menu and on keys. */
export function RowHover({ row }: { row: ListRow }) {
  const context = aimedAt(useMailContext(), [row]);
  return (
    <div
      role="gridcell"
      className="absolute end-8.5 top-px flex rounded-md ps-1 [background:linear-gradient(var(--hover),var(--hover)),var(--surface)] print:hidden"
      onClick={(event) => event.stopPropagation()}
    >
      {hoverPlaces.map((place) => (
        <CommandButton key={place[0]?.id} place={place} context={context} tabIndex={-1} className="!size-7" />
      ))}
    </div>
  );
}
