/** Elements and characters of a quote beyond which it is kept as it is: the editor stays quick with any mail above it. */
const mostElements = 400;
const mostCharacters = 30_000;

/**
 * Whether a quoted message is more than text: its look would be lost in the editor, so it is kept whole as one block. Letters that
 * people wrote are text; newsletters, invoices and long threads are not.
 */
export function isDesigned(quote: ParentNode): boolean {
  if (quote.querySelector('table table, [bgcolor], td[width], center, [style*="background-color"] p, [style*="float"]'))
    return true;
  return quote.querySelectorAll('*').length > mostElements || (quote.textContent ?? '').length > mostCharacters;
}
