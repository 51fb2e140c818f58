import { percentile } from './statistics.ts';

export interface Figure {
  operation: string;
  /** Milliseconds of each round, through Pipit. */
  ours: number[];
  /** The same work by the bare protocol, in the same run; null where there is none. */
  raw: number[] | null;
  /** Which of the rounds is told; the median unless said. */
  share?: number;
  goal?: string;
}

const columns = ['operation', 'n', 'ours', 'raw', 'ratio', 'worst', 'goal'] as const;

/** The table of a run: milliseconds; a ratio is of the two figures beside it. */
export function toTable(figures: Figure[]): string {
  const rows = figures.map(({ operation, ours, raw, share = 0.5, goal = '' }) => {
    const own = percentile(ours, share);
    const bare = raw ? percentile(raw, share) : null;
    const name = share === 0.5 ? operation : `${operation}, ${share * 100} %`;
    return [name, `${ours.length}`, toText(own), bare === null ? '–' : toText(bare), bare ? (own / bare).toFixed(1) : '–', toText(Math.max(...ours)), goal];
  });
  const widths = columns.map((name, index) => Math.max(name.length, ...rows.map((row) => row[index]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, index) => (index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0))).join(' | ')} |`;
  return [line(columns), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function toText(milliseconds: number): string {
  return milliseconds < 10 ? milliseconds.toFixed(1) : milliseconds.toFixed(0);
}
