import { fold } from '#lib/format/match-words.ts';

/**
 * How well a text answers to what was typed: its letters must stand in the text in that order. Beginnings of words and letters that follow
 * each other count more; null where it does not answer. Higher is better.
 */
export function fuzzyScore(wanted: string, text: string): number | null {
  const letters = fold(wanted).replace(/\s+/g, '');
  if (letters === '') return 0;
  const inside = fold(text);
  const whole = inside.indexOf(fold(wanted).trim());
  if (whole >= 0) return 1_000 - whole + (isWordStart(inside, whole) ? 500 : 0) - inside.length / 100;
  let score = 0;
  let at = -1;
  for (const letter of letters) {
    const next = nextPlace(inside, letter, at);
    if (next < 0) return null;
    score += next === at + 1 ? 8 : isWordStart(inside, next) ? 6 : 1;
    at = next;
  }
  return score - inside.length / 100;
}

/** The letter right after the last one, else the next that begins a word, else the next at all. */
function nextPlace(text: string, letter: string, after: number): number {
  if (text[after + 1] === letter) return after + 1;
  for (let place = text.indexOf(letter, after + 1); place >= 0; place = text.indexOf(letter, place + 1)) {
    if (isWordStart(text, place)) return place;
  }
  return text.indexOf(letter, after + 1);
}

function isWordStart(text: string, place: number): boolean {
  return place === 0 || !/[\p{L}\p{N}]/u.test(text[place - 1] ?? '');
}
