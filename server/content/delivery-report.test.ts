import { expect, test } from 'vitest';
import { parseDeliveryReport } from './delivery-report.ts';

test("Postfix's report names the address and the reason", () => {
  const text = [
    'Reporting-MTA: dns; mx.example.test',
    'X-Postfix-Queue-ID: 4F',
    '',
    'Final-Recipient: rfc822; gone@else.test',
    'Original-Recipient: rfc822;gone@else.test',
    'Action: failed',
    'Status: 5.1.1',
    'Remote-MTA: dns; mx.else.test',
    'Diagnostic-Code: smtp; 550 5.1.1 <gone@else.test>:',
    '    no such user <b>here</b>',
    '',
    'Final-Recipient: rfc822; slow@else.test',
    'Action: delayed',
    'Status: 4.4.1',
    '',
  ].join('\r\n');
  expect(parseDeliveryReport(text)).toEqual({
    recipients: [
      {
        address: 'gone@else.test',
        action: 'failed',
        status: '5.1.1',
        reason: '550 5.1.1 <gone@else.test>: no such user <b>here</b>',
      },
      { address: 'slow@else.test', action: 'delayed', status: '4.4.1', reason: null },
    ],
  });
});

test.each([
  ['nothing', ''],
  ['no recipient', 'Reporting-MTA: dns; a\n\nAction: failed\n'],
  ['an action that is none', 'Final-Recipient: rfc822; a@b.test\nAction: exploded\n'],
  ['noise', '\0\x01:::\n\n;;;\n'],
])('a report that holds %s is no report', (_name, text) => expect(parseDeliveryReport(text)).toBe(null));
