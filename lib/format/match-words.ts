/** Letters as people search for them: without case and accents, half and full width alike. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Whether every word that was typed begins or stands in one of the texts. */
export function matchesWords(wanted: string, texts: readonly string[]): boolean {
  const all = fold(texts.join('\n'));
  return fold(wanted)
    .split(/\s+/)
    .every((word) => all.includes(word));
}
