import { useTranslations } from 'use-intl';
import type { Command } from '#components/commands/command.ts';
import { Icon } from '#components/ui/icon.tsx';

const colours: Partial<Record<string, string>> = {
  archive: 'bg-live text-[#fff]',
  delete: 'bg-danger text-surface',
  star: 'bg-star text-[#000]',
  unstar: 'bg-star text-[#000]',
};

/** What comes to light when a row is drawn aside: the act's colour, icon and name; faint until letting go would do it. */
export function SwipeGround({ command, x, isFar }: { command: Command; x: number; isFar: boolean }) {
  const t = useTranslations('commands');
  return (
    <div
      aria-hidden="true"
      className={`absolute inset-0 flex items-center px-5 text-meta font-medium ${x > 0 ? 'justify-start [direction:ltr]' : 'justify-end [direction:ltr]'} ${isFar ? (colours[command.id] ?? 'bg-accent text-on-accent') : 'bg-pressed text-muted'}`}
    >
      <span className="flex items-center gap-2">
        <Icon of={command.icon} size={20} />
        {t(command.id)}
      </span>
    </div>
  );
}
