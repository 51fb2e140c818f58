import { expect, test } from 'vitest';
import { keywordSchema } from './keyword.ts';
import { isLabel, labelNameOf, tidyLabelName, toLabelKeyword } from './label.ts';

test.each([
  ['Urgent', 'Urgent'],
  ['Kunden & Presse', 'Kunden_&-_Presse'],
  ['Überfällig', '&ANw-berf&AOQ-llig'],
  ['日本語', '&ZeVnLIqe-'],
  ['🐦', '&2D3cJg-'],
  ['a_b', 'a&AF8-b'],
  ['50% (done)', '50&ACU-_&ACg-done&ACk-'],
  ['"quoted" \\ {x}', '&ACI-quoted&ACI-_&AFw-_&AHs-x}'],
  ['$tage', '&ACQ-tage'],
  ['Junk', '&AEo-unk'],
])('the label %j is the keyword %j and back', (name, keyword) => {
  expect(toLabelKeyword(name)).toBe(keyword);
  expect(keywordSchema.safeParse(keyword).success).toBe(true);
  expect(labelNameOf(keyword)).toBe(name);
  expect(isLabel(keyword)).toBe(true);
});

test('a name longer than servers take is none, in octets of its keyword', () => {
  expect(toLabelKeyword('x'.repeat(50))).toBe('x'.repeat(50));
  expect(toLabelKeyword('x'.repeat(51))).toBeNull();
  expect(toLabelKeyword('日'.repeat(18))).not.toBeNull();
  expect(toLabelKeyword('日'.repeat(20))).toBeNull();
  expect(toLabelKeyword('')).toBeNull();
});

test('what other programs set is shown as it stands, and marks between programs are not shown', () => {
  expect(labelNameOf('to_do')).toBe('to do');
  expect(labelNameOf('R&D')).toBe('R&D');
  expect(labelNameOf('&aoq-')).toBe('&aoq-');
  const shown = ['$label1', '$Important', 'Work', '$Junk', 'NonJunk', '$Forwarded', '$MDNSent', 'Old'].filter(isLabel);
  expect(shown).toEqual(['$label1', '$Important', 'Work']);
});

test('names are tidied before they are compared', () => {
  expect(tidyLabelName('  to \u00a0 do ')).toBe('to do');
});
