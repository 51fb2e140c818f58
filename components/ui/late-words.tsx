import { useEffect, useState } from 'react';

/** An empty place stays quiet for so long, in milliseconds. */
const quietMs = 1_000;

/** Says what is waited for once that takes longer than a second, with a bar that shows that something goes on. */
export function LateWords({
  words,
  isWaiting,
  className = '',
}: {
  words: string;
  isWaiting: boolean;
  className?: string;
}) {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(() => setLate(true), quietMs);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [isWaiting]);
  if (!isWaiting) return null;
  // Here before its words are, so that screen readers say them.
  return (
    <div role="status" className={className}>
      {isLate ? (
        <div className="late inline-flex flex-col gap-1.5 rounded-md border border-line bg-raised px-3 py-2 text-meta text-muted shadow-float">
          <span>{words}</span>
          <span role="progressbar" aria-label={words} className="moving-bar" />
        </div>
      ) : null}
    </div>
  );
}
