import { useEffect } from 'react';
import { useMailContext } from '#components/commands/mail-context.tsx';
import { PartWaits } from '#components/ui/lazy-part.tsx';
import { useLoaded } from '#components/ui/load-once.ts';
import { setComposeAccount, useComposeAccount } from '#lib/client/compose/compose-account.ts';
import { closeComposer, openComposers, shapeComposer, useComposers } from '#lib/client/compose/composers.ts';
import { restoreComposers } from '#lib/client/compose/restore-composers.ts';
import { useBroughtAhead } from '#lib/client/use-brought-ahead.ts';
import { ComposeCorner } from './compose-button.tsx';
import { composerModule } from './load-composer.ts';

/** Milliseconds after which what writing needs is loaded though nobody asked: the first letter then opens in the next frame. */
const idleMs = 4_000;

/** Room that one needs at the bottom, in CSS pixels; the older ones fold when there is none. */
const dockedWidth = 628;

/** The composers that are open, docked at the bottom; those that were open when the browser ended come back. */
export function ComposeDock({ address, isPublicComputer }: { address: string; isPublicComputer: boolean }) {
  const composers = useComposers();
  const account = useComposeAccount();
  const { openId } = useMailContext();
  const module = useLoaded(composerModule, composers.length > 0);
  useEffect(() => setComposeAccount(address, isPublicComputer), [address, isPublicComputer]);
  useEffect(() => {
    if (account) void restoreComposers(account.keeper);
  }, [account]);
  useBroughtAhead(composerModule.load, idleMs);
  useEffect(() => {
    const docked = composers.filter(({ shape }) => shape === 'docked').sort((a, b) => b.turn - a.turn);
    const fit = Math.max(1, Math.floor((window.innerWidth - 32) / dockedWidth));
    for (const { key } of docked.slice(fit)) shapeComposer(key, 'folded');
  }, [composers]);
  if (composers.length === 0) return openId === null ? <ComposeCorner /> : null;
  if (!module) return <PartWaits onClose={closeAll} />;
  const { ComposerWindow } = module;
  return (
    <div className="no-print pointer-events-none fixed inset-x-4 bottom-0 z-40 flex flex-row-reverse items-end gap-2 max-two:inset-x-2 max-two:bottom-[calc(3.5rem+1px+env(safe-area-inset-bottom))] max-two:flex-col max-two:items-stretch max-two:gap-1">
      {composers.map(({ key, start, shape }) => (
        <ComposerWindow key={key} windowKey={key} start={start} shape={shape} />
      ))}
    </div>
  );
}

/** None of them has begun; what is kept in this browser opens again with the next page. */
function closeAll(): void {
  for (const { key } of openComposers()) closeComposer(key);
}
