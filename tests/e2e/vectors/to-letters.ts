/** Many vectors as a few messages' HTML: joined so that one that swallows what follows hides little, each beginning with words of its own. */
export function toLetters(vectors: readonly string[], count: number): string[] {
  const part = (letter: number) => vectors.filter((_, index) => index % count === letter).join('</p><p>-</p>\n');
  return Array.from({ length: count }, (_, letter) => `<p>Beginning ${letter}</p>${part(letter)}`);
}
