import { Star } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { CommandContext } from '#components/commands/command.ts';
import { refused, toMark } from '#components/commands/reasons.ts';
import { anyHas, setKeyword } from '#components/commands/set-keyword.ts';
import { Button } from '#components/ui/button.tsx';

/** The star of what the context is aimed at; of several it is set when one has it. */
export function StarButton({ context, withWords = false }: { context: CommandContext; withWords?: boolean }) {
  const list = useTranslations('list');
  const whyNot = useTranslations('whyNot');
  const reason = refused(context, toMark);
  const isStarred = anyHas(context, '$flagged');
  return (
    <Button
      look="quiet"
      aria-label={list('star')}
      className={`max-w-full !px-2 pointer-coarse:min-w-11 ${isStarred ? 'text-star' : ''}`}
      aria-pressed={isStarred}
      disabled={context.target.count === 0}
      aria-disabled={reason !== null}
      aria-description={reason ? whyNot(reason) : undefined}
      title={reason ? `${list('star')}: ${whyNot(reason)}` : undefined}
      onClick={() => {
        if (reason === null) setKeyword(context, '$flagged', !isStarred);
      }}
    >
      <Star size={18} strokeWidth={1.75} fill={isStarred ? 'currentColor' : 'none'} aria-hidden="true" />
      {withWords ? <span className="@max-2xl:hidden">{list('star')}</span> : null}
    </Button>
  );
}
