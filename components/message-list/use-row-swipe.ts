import { useEffect, useRef, useState } from 'react';
import type { Command } from '#components/commands/command.ts';
import { useMailContext } from '#components/commands/mail-context.tsx';
import { aimedAtRows } from '#components/commands/run-command.ts';
import { swipeCommand } from '#components/commands/swipe-commands.ts';
import { usePreferences } from '#lib/client/use-preferences.ts';
import type { ListRow } from '#lib/client/message-list/message-list.ts';
import type { Direction } from './swipe.ts';

export interface RowSwipe {
  commandFor(row: ListRow, direction: Direction): Command | null;
  swipe(row: ListRow, direction: Direction): void;
}

/** What a swipe does with a row, as the person chose. While messages are selected nothing: taps then select. */
export function useRowSwipe(): RowSwipe {
  const context = useMailContext();
  const { swipeRight, swipeLeft } = usePreferences().preferences;
  const latest = useRef({ context, swipeRight, swipeLeft });
  useEffect(() => {
    latest.current = { context, swipeRight, swipeLeft };
  });
  const [swipe] = useState((): RowSwipe => {
    const commandFor: RowSwipe['commandFor'] = (row, direction) => {
      const { context: now, ...acts } = latest.current;
      if (now.selection.ids.size > 0) return null;
      return swipeCommand(direction === 'right' ? acts.swipeRight : acts.swipeLeft, aimedAtRows(now, [row]));
    };
    return {
      commandFor,
      swipe: (row, direction) => commandFor(row, direction)?.run(aimedAtRows(latest.current.context, [row])),
    };
  });
  return swipe;
}
