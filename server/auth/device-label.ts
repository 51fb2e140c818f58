import 'server-only';

/** Forms of User-Agent that claim to be others come first. */
const browsers: readonly [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|Chromium|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/.*\bSafari\//, 'Safari'],
];

const systems: readonly [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

/**
 * A browser and system for a person to recognise, such as "Firefox, Linux", from a User-Agent (hostile text); empty
 * when neither is known.
 */
export function deviceLabel(userAgent: string | null): string {
  const text = (userAgent ?? '').slice(0, 500);
  const find = (known: readonly [RegExp, string][]) => known.find(([form]) => form.test(text))?.[1];
  return [find(browsers), find(systems)].filter((name) => name !== undefined).join(', ');
}
