import { fold } from '#lib/format/match-words.ts';

/**
 * How well a text answers to what was typed: as it stands, else word by word in any order. Of each word the letters must stand in the text
 * in their order; beginnings of words and letters that follow each other count more. Null where it does not answer; higher is better.
 */
export function fuzzyScore(wanted: string, text: string): number | null {
  const words = fold(wanted).trim();
  const inside = fold(text);
  if (words === '') return 0;
  const whole = inside.indexOf(words);
  if (whole >= 0) return 1_000 - whole + (isWordStart(inside, whole) ? 500 : 0) - inside.length / 100;
  const scores = words.split(/\s+/).map((word) => scoreOfWord(word, inside));
  if (scores.includes(null)) return null;
  return scores.reduce<number>((sum, score) => sum + (score ?? 0), 0) - inside.length / 100;
}

function scoreOfWord(word: string, inside: string): number | null {
  const whole = inside.indexOf(word);
  if (whole >= 0) return word.length * 10 + (isWordStart(inside, whole) ? 20 : 0);
  let score = 0;
  let at = -1;
  for (const letter of word) {
    const next = nextPlace(inside, letter, at);
    if (next < 0) return null;
    score += next === at + 1 ? 8 : isWordStart(inside, next) ? 6 : 1;
    at = next;
  }
  return score;
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
