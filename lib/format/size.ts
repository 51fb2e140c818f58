const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Octets as people read them, in steps of 1000 as the units' names say: 812 bytes, 4.2 kB, 13 MB. */
export function formatSize(octets: number, locale: string): string {
  let value = Math.max(0, octets);
  let step = 0;
  while (value >= 999.5 && step < units.length - 1) {
    value /= 1000;
    step += 1;
  }
  const digits = step > 0 && value < 9.95 ? 1 : 0;
  const unitDisplay = step === 0 ? 'long' : 'short';
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay,
    maximumFractionDigits: digits,
  }).format(value);
}
