export interface BoxContent {
  address: string;
  user: string;
  password: string;
}

/** What the person reads when all is up. */
export function readyBox({ address, user, password }: BoxContent): string {
  const lines = [
    'Pipit is ready',
    '',
    `Address    ${address}`,
    `E-mail     ${user}`,
    `Password   ${password}`,
    '',
    'Another device at work:   npm run demo:device',
    'End:                      Ctrl-C (the mail stays in .data/demo)',
  ];
  const width = Math.max(...lines.map((line) => line.length));
  const rows = lines.map((line) => `│  ${line.padEnd(width)}  │`);
  const bar = '─'.repeat(width + 4);
  return `\n┌${bar}┐\n${rows.join('\n')}\n└${bar}┘\n\n`;
}
