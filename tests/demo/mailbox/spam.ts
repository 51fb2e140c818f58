import { compose } from './compose.ts';
import { anyTime } from './moment.ts';
import type { Random } from './random.ts';
import type { SeedMessage } from './seed-message.ts';

const offers = [
  { name: 'PRIZE DEPARTMENT', subject: 'You have WON a luxury kettle!!!', text: 'Congratulation dear winner. Send only your shoe size to claim.' },
  { name: 'Dr. Hope', subject: 'Doctors hate this bridge', text: 'One weird footbridge they do not want you to cross. Click now.' },
  { name: 'Roof King', subject: 'RE: RE: RE: Your roof', text: 'We drove past your roof. It looked sad. Call us for a free look.' },
  { name: 'Crypto Uncle', subject: 'Double your harbour in 7 days', text: 'Send one anchor, receive two anchors. Limited anchors.' },
  { name: 'SEO Team', subject: 'I looked at your website', text: 'Hi there, I was looking at your website and found 174 errors. Shall I send the list? Best, Kevin' },
  { name: 'Parcel Service', subject: 'Your package could not be delivered (final notice)', text: 'Pay 1,99 to release the parcel: http://parcel-release.trick.example/pay' },
  { name: 'Prince of Somewhere', subject: 'CONFIDENTIAL', text: 'Dear friend, my late uncle left 14 tonnes of stainless mesh. I need a trusted person.' },
  { name: 'Meds4U', subject: 'V1tam1ns -80%', text: 'Cheap v1tamins for strong handra1ls.' },
  { name: 'Lonely Lighthouse', subject: 'hey you', text: 'I saw your picture and my lamp began to turn. Write me?' },
  { name: 'IT Helpdesk', subject: 'Your mailbox is 99 % full, verify now', text: 'Verify your password at http://mailbox-verify.trick.example or lose all mails today.' },
];

/** What the filter caught in the last weeks. */
export function spam(now: Date, random: Random): SeedMessage[] {
  return Array.from({ length: 58 }, () => {
    const { name, subject, text } = random.pick(offers);
    const at = anyTime(now, random.between(0, 45), random);
    const html = `<div style="background:#ffff66;color:#d00;font:bold 20px Impact,sans-serif;padding:30px;text-align:center">${text}<br><a href="http://go.trick.example/${random.between(1000, 9999)}">CLICK HERE</a><img src="http://track.trick.example/o.gif?${random.between(1000, 9999)}" width="1" height="1"></div>`;
    return compose({
      from: { name, address: `${random.pick(['win', 'info', 'noreply', 'kevin'])}${random.between(10, 999)}@trick.example`, zone: random.pick([-300, 180, 480]) },
      subject: random.chance(0.3) ? `${subject} (${random.between(2, 99)})` : subject,
      text: `${text}\n`,
      ...(random.chance(0.6) ? { html } : {}),
      at,
      mailbox: 'Junk',
      flags: ['$Junk'],
      seen: random.chance(0.25),
    });
  });
}
