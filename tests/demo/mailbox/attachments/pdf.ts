/** One page of a PDF: a heading, lines of text, and what is drawn beneath them. */
export interface PdfPage {
  heading: string;
  lines: string[];
  /** Straight lines in points from the lower left corner of an A4 page (595 × 842). */
  strokes?: [x1: number, y1: number, x2: number, y2: number][];
}

/** Writes a small, valid PDF 1.4 (ISO 32000): Helvetica, WinAnsi, no compression, so that it can be read in an editor too. */
export function pdf(title: string, pages: PdfPage[]): Buffer {
  const objects: string[] = [];
  const add = (body: string) => objects.push(body); // Gives back the object's number.
  add('<< /Type /Catalog /Pages 2 0 R >>');
  add(`<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, index) => `${5 + index * 2} 0 R`).join(' ')}] >>`);
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  add(`<< /Title ${text(title)} /Producer (Pipit demo) >>`);
  pages.forEach((page, index) => {
    const content = draw(page, index + 1, pages.length);
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${6 + index * 2} 0 R >>`,
    );
    add(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
  });
  return assemble(objects);
}

function draw({ heading, lines, strokes = [] }: PdfPage, number: number, count: number): string {
  const written = lines.map((line, index) => `BT /F1 11 Tf 60 ${740 - index * 17} Td ${text(line)} Tj ET`);
  const drawn = strokes.map(([x1, y1, x2, y2]) => `${x1} ${y1} m ${x2} ${y2} l S`);
  return [
    '0.13 0.20 0.29 rg',
    `BT /F1 20 Tf 60 780 Td ${text(heading)} Tj ET`,
    '0.15 g',
    ...written,
    '0.6 G 0.8 w',
    '60 768 m 535 768 l S',
    '0.13 0.20 0.29 RG 1.2 w',
    ...drawn,
    `0.5 g BT /F1 9 Tf 60 40 Td ${text(`Tidewater Works · page ${number} of ${count}`)} Tj ET`,
  ].join('\n');
}

/** A literal string in WinAnsi, which agrees with Latin-1 for what is written here. */
function text(value: string): string {
  return `(${value.replace(/[–—]/g, '-').replace(/[\\()]/g, '\\$&')})`;
}

function assemble(objects: string[]): Buffer {
  let body = '%PDF-1.4\n%\xe2\xe3\xcf\xd3\n';
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(`${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}${trailer}`, 'latin1');
}
