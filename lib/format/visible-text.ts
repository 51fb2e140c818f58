/** Bidi controls, zero-width and other invisible or control characters: they let a name look like another. */

const invisible =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/**
 * A hostile string as a person may see it in a name, subject or file name: invisible and direction-changing characters
 * removed (joiners inside scripts and emoji that need them are kept), white space folded.
 */
export function visibleText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(invisible, (character, index: number) => (isNeededJoiner(text, character, index) ? character : ''))
    .trim();
}

/** ZWJ in emoji and ZWJ/ZWNJ in Arabic and Indic words change how honest text looks. */
function isNeededJoiner(text: string, character: string, index: number): boolean {
  if (character !== '\u200d' && character !== '\u200c') return false;
  const before = text.slice(Math.max(0, index - 2), index);
  return /[\p{Extended_Pictographic}\ufe0f\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}]|[\ud83c-\ud83e]./u.test(
    before,
  );
}
