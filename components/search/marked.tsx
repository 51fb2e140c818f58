import { Fragment } from 'react';

/** A text with what was looked for marked in it. */
export function Marked({ text, marks }: { text: string; marks: readonly string[] }) {
  if (marks.length === 0) return text;
  const pattern = new RegExp(`(${marks.map((mark) => mark.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`, 'giu');
  return text.split(pattern).map((piece, index) =>
    index % 2 === 1 ? (
      <mark
        key={index}
        className="rounded-sm bg-mark text-inherit forced-colors:bg-[Mark] forced-colors:text-[MarkText]"
      >
        {piece}
      </mark>
    ) : (
      <Fragment key={index}>{piece}</Fragment>
    ),
  );
}
