import { CommandButton } from '#components/commands/command-button.tsx';
import { useMailContext } from '#components/commands/mail-context.tsx';
import { hoverPlaces } from '#components/commands/registry.ts';
import { aimedAtRows } from '#components/commands/run-command.ts';
import type { ListRow } from '#lib/client/message-list/message-list.ts';

/** What can be done with the row under the mouse, over the place of its date: nothing moves. The same stands in its menu and on keys. */
export function RowHover({ row }: { row: ListRow }) {
  const context = aimedAtRows(useMailContext(), [row]);
  return (
    <div
      role="gridcell"
      className="pointer-coarse:hidden absolute inset-y-0 end-8.5 flex items-center ps-7 [background:linear-gradient(var(--row-tint),var(--row-tint)),var(--surface)] [mask-image:linear-gradient(to_right,transparent,black_24px)] rtl:[mask-image:linear-gradient(to_left,transparent,black_24px)] print:hidden"
      onClick={(event) => event.stopPropagation()}
    >
      {hoverPlaces.map((place) => (
        <CommandButton key={place[0]?.id} place={place} context={context} tabIndex={-1} className="!size-7" />
      ))}
    </div>
  );
}
