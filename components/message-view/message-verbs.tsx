import { Star } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { CommandButton } from '#components/commands/command-button.tsx';
import type { CommandContext } from '#components/commands/command.ts';
import { messagePlaces } from '#components/commands/registry.ts';
import { setKeyword } from '#components/commands/set-keyword.ts';
import { Button } from '#components/ui/button.tsx';

/** What can be done with the open message: at the top of it, on a phone at its foot. `context` is aimed at it. */
export function MessageVerbs({ context, withWords = false }: { context: CommandContext; withWords?: boolean }) {
  const list = useTranslations('list');
  const [message] = context.target.rows;
  const isStarred = message?.keywords.includes('$flagged') ?? false;
  return (
    <>
      {messagePlaces.map((place) => (
        <CommandButton key={place[0]?.id} place={place} context={context} withWords={withWords} />
      ))}
      <Button
        look="quiet"
        aria-label={list('star')}
        className={`max-w-full !px-2 pointer-coarse:min-w-11 ${isStarred ? 'text-star' : ''}`}
        aria-pressed={isStarred}
        disabled={!message}
        onClick={() => setKeyword(context, '$flagged', !isStarred)}
      >
        <Star size={18} strokeWidth={1.75} fill={isStarred ? 'currentColor' : 'none'} aria-hidden="true" />
        {withWords ? <span className="@max-2xl:hidden">{list('star')}</span> : null}
      </Button>
    </>
  );
}
