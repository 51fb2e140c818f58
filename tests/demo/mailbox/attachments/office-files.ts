import { zip } from './zip.ts';

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const types = 'http://schemas.openxmlformats.org/package/2006/content-types';
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A Word document (ECMA-376) of plain paragraphs. */
export function docx(paragraphs: string[]): Buffer {
  const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
  const body = paragraphs.map((text) => `<w:p><w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r></w:p>`).join('');
  return zip([
    { name: '[Content_Types].xml', content: contentTypes([['/word/document.xml', main]]) },
    { name: '_rels/.rels', content: relationship('officeDocument', 'word/document.xml') },
    {
      name: 'word/document.xml',
      content: `${xml}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
    },
  ]);
}

/** An Excel workbook (ECMA-376) of one sheet; texts stand inline. */
export function xlsx(sheetName: string, rows: (string | number)[][]): Buffer {
  const book = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml';
  const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml';
  const space = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const cell = (value: string | number) =>
    typeof value === 'number' ? `<c><v>${value}</v></c>` : `<c t="inlineStr"><is><t>${escaped(value)}</t></is></c>`;
  const data = rows.map((row) => `<row>${row.map(cell).join('')}</row>`).join('');
  return zip([
    { name: '[Content_Types].xml', content: contentTypes([['/xl/workbook.xml', book], ['/xl/worksheets/sheet1.xml', sheet]]) },
    { name: '_rels/.rels', content: relationship('officeDocument', 'xl/workbook.xml') },
    {
      name: 'xl/workbook.xml',
      content: `${xml}<workbook xmlns="${space}" xmlns:r="${office}"><sheets><sheet name="${escaped(sheetName)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    { name: 'xl/_rels/workbook.xml.rels', content: relationship('worksheet', 'worksheets/sheet1.xml') },
    { name: 'xl/worksheets/sheet1.xml', content: `${xml}<worksheet xmlns="${space}"><sheetData>${data}</sheetData></worksheet>` },
  ]);
}

function contentTypes(parts: [name: string, type: string][]): string {
  const overrides = parts.map(([name, type]) => `<Override PartName="${name}" ContentType="${type}"/>`).join('');
  const defaults =
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>';
  return `${xml}<Types xmlns="${types}">${defaults}${overrides}</Types>`;
}

function relationship(type: string, target: string): string {
  return `${xml}<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/${type}" Target="${target}"/></Relationships>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
