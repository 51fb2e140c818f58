/** Plain text as HTML of the same shape: a paragraph per line, ">" as quotes. Made of text nodes; nothing in it is markup. */
export function fromPlainText(text: string): string {
  const page = document.implementation.createHTMLDocument();
  const root = page.createElement('div');
  const lines = text.replaceAll('\r\n', '\n').replace(/\n+$/, '').split('\n');
  appendLines(page, root, lines);
  return root.innerHTML;
}

function appendLines(page: Document, parent: Element, lines: readonly string[]): void {
  for (let index = 0; index < lines.length;) {
    let end = index;
    while (lines[end]?.startsWith('>')) end += 1;
    if (end > index) {
      const quote = page.createElement('blockquote');
      quote.setAttribute('type', 'cite');
      appendLines(
        page,
        quote,
        lines.slice(index, end).map((line) => line.replace(/^> ?/, '')),
      );
      parent.append(quote);
      index = end;
      continue;
    }
    const paragraph = page.createElement('p');
    paragraph.textContent = lines[index] ?? '';
    parent.append(paragraph);
    index += 1;
  }
}
