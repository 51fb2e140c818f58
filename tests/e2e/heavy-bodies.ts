const times = (count: number, make: (index: number) => string) => Array.from({ length: count }, (_, index) => make(index)).join('');
const rules = (selector: string) => `<style>${times(4_900, (index) => `${selector}{color:#${100_000 + index}}`)}</style>`;

/** HTML that keeps a browser busy for minutes, fills its memory or ends its process, each by another means; all within what a message may have. */
export const heavyBodies: Readonly<Record<string, string>> = {
  '400,000 elements that are never closed': '<div>'.repeat(400_000),
  'letters in letters': '<span>a '.repeat(40_000),
  'fonts that every paragraph makes anew': `${times(3_000, (index) => `<p><font a${index}>`)}${'<p>x'.repeat(200_000)}`,
  'ends that end nothing': '<div><table></div></table>'.repeat(80_000),
  '2,000 tables in each other': '<table><tr><td>'.repeat(2_000),
  '480 blocks in lines in each other': '<div style="display:inline-block">'.repeat(480),
  '300 tables in lines in each other': '<div style="display:inline-table">'.repeat(300),
  '100,000 table cells': `<table>${`<tr>${'<td>x</td>'.repeat(100)}</tr>`.repeat(1_000)}</table>`,
  '100,000 attributes': `<p ${times(100_000, (index) => `a${index}=1 `)}>x`,
  '100,000 rules': `<style>${times(100_000, (index) => `.c${index}{color:red}`)}</style><p class=c1>x</p>`,
  'rules that look through all that is around': `${rules('b > div p')}<b><i>${'<div>'.repeat(150)}${'<p></p>'.repeat(24_000)}`,
  'rules that look through all that is beside': `${rules('i ~ p')}${'<p></p>'.repeat(24_000)}`,
  'rules in rules': `<style>${':is('.repeat(100)}div${' b)'.repeat(100)} p{color:red}</style>${'<div>'.repeat(150)}${'<p>x</p>'.repeat(5_000)}`,
  '49,000 pictures': '<img src="cid:a">'.repeat(49_000),
  '20 MB': '<p>Filler <b>words</b></p>\r\n'.repeat(800_000),
};
