import { ArrowLeft, ChevronDown, ChevronUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { CommandContext } from '#components/commands/command.ts';
import { next } from '#components/commands/next.ts';
import { previous } from '#components/commands/previous.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { closeMessage } from '#lib/client/location.ts';

/** The bar over what is open: the way back, `children` where there are two panes, and the steps to the next and the one before. */
export function ReadingBar({
  context,
  words,
  menu = null,
  children,
}: {
  context: CommandContext;
  /** What the steps lead to. */
  words: { previous: string; next: string };
  menu?: ReactNode;
  children: ReactNode;
}) {
  const commands = useTranslations('commands');
  return (
    <header className="no-print flex h-11 shrink-0 items-center gap-1 border-b border-line ps-3 pe-2 pointer-coarse:h-14">
      <IconButton
        icon={ArrowLeft}
        label={commands('close')}
        className="-ms-1.5 rtl:-scale-x-100"
        onClick={closeMessage}
      />
      {children}
      <span className="flex-1 two:hidden" />
      <div className="flex gap-1 two:@max-md:hidden">
        <IconButton icon={ChevronUp} label={words.previous} onClick={() => previous.run(context)} />
        <IconButton icon={ChevronDown} label={words.next} onClick={() => next.run(context)} />
      </div>
      {menu}
    </header>
  );
}
