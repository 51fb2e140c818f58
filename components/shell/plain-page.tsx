import type { ReactNode } from 'react';
import { Bird } from './bird.tsx';

/** A page with a few words and one way on: not found, stumbled, leaving. */
export function PlainPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="flex h-dvh flex-col items-center overflow-auto p-6">
      <div className="my-auto w-full max-w-[460px] text-list leading-normal">
        <div className="mb-6 text-accent">
          <Bird size={30} />
        </div>
        <h1 className="mb-2 text-subject font-semibold">{title}</h1>
        {children}
      </div>
    </main>
  );
}
