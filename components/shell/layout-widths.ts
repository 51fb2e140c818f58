/** Widths of the panes in CSS pixels, remembered in a cookie so that the first HTML has them already. */
export interface LayoutWidths {
  folders: number;
  list: number;
}

export const defaultWidths: LayoutWidths = { folders: 232, list: 400 };
export const limits = { folders: [180, 360], list: [300, 640] } as const;

export const layoutCookie = 'pipit-layout';

/** Reads "232.400"; anything else is the default. */
export function parseWidths(text: string | undefined): LayoutWidths {
  const match = /^(\d{1,4})\.(\d{1,4})$/.exec(text ?? '');
  if (!match) return defaultWidths;
  return { folders: within(limits.folders, Number(match[1])), list: within(limits.list, Number(match[2])) };
}

export function formatWidths({ folders, list }: LayoutWidths): string {
  return `${folders}.${list}`;
}

function within([least, most]: readonly [number, number], value: number): number {
  return Math.min(most, Math.max(least, value));
}
