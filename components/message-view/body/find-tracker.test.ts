import { expect, test } from 'vitest';
import { findTracker } from './find-tracker.ts';

test.each([
  ['https://shop.us1.list-manage.com/track/open.php?u=1&id=2', 'Mailchimp'],
  ['https://t.hubspotemail.net/e2t/o/abc', 'HubSpot'],
  ['https://u123.ct.sendgrid.net/wf/open?upn=abc', 'SendGrid'],
  ['https://links.shop.example/wf/open?upn=abc', 'SendGrid'],
  ['https://x0abc.r.eu-west-1.awstrack.me/I0/0102', 'Amazon SES'],
  ['https://email.shop.example/o/eJwNw', null],
  ['https://not-list-manage.com/track/open.php', null],
  ['https://shop.example/logo.png?from=list-manage.com', null],
  ['https://example.org/a/wf/open', null],
  ['cid:x@y', null],
  ['', null],
  [`https://${'a.'.repeat(100_000)}test/`, null],
])('%s is of %s', (address, name) => {
  expect(findTracker(address)).toBe(name);
});
