import { pdf } from './attachments/pdf.ts';
import { compose } from './compose.ts';
import { anyTime } from './moment.ts';
import type { Random } from './random.ts';
import type { SeedMessage } from './seed-message.ts';

const sellers = [
  { name: 'Larch & Sons', address: 'accounts@larchandsons.example', what: ['Larch boards, 16 %', 'Oak offcuts', 'Delivery'] },
  { name: 'NORDSTEEL AB', address: 'orders@nordsteel.example', what: ['Flat bar 60 × 8', 'Stainless mesh', 'Cutting'] },
  { name: 'Cloud Drawer', address: 'billing@clouddrawer.example', what: ['Storage 2 TB, one month'] },
  { name: 'Quay Street Bakery', address: 'hello@quaybakery.example', what: ['Breakfast for eight', 'Cinnamon buns'] },
  { name: 'Telekom Küste', address: 'rechnung@telekomkueste.example', what: ['Anschluss Büro', 'Mobil, 5 Karten'] },
  { name: 'Harbour Energy', address: 'bills@harbourenergy.example', what: ['Electricity', 'Standing charge'] },
  { name: 'Fontmaker', address: 'receipts@fontmaker.example', what: ['Desktop licence, 5 seats'] },
];

/** Receipts and invoices; most carry their PDF. */
export function receipts(now: Date, random: Random): SeedMessage[] {
  return Array.from({ length: 140 }, () => receipt(now, random));
}

function receipt(now: Date, random: Random): SeedMessage {
  const { name, address, what } = random.pick(sellers);
  const german = name.startsWith('Telekom');
  const at = anyTime(now, random.between(1, 1800), random);
  const number = `${at.getUTCFullYear()}-${random.between(1000, 9999)}`;
  const items = what.map((item) => ({ item, price: random.between(4, 900) + random.between(0, 99) / 100 }));
  const total = items.reduce((sum, { price }) => sum + price, 0).toFixed(2);
  const word = german ? 'Rechnung' : 'Invoice';
  const rows = items
    .map(({ item, price }) => `<tr><td style="padding:8px 0;border-bottom:1px solid #e5e5e5">${item.replace('&', '&amp;')}</td><td align="right" style="padding:8px 0;border-bottom:1px solid #e5e5e5">€ ${price.toFixed(2)}</td></tr>`)
    .join('');
  const html = `<div style="max-width:480px;margin:24px auto;font:15px/1.5 Arial,sans-serif;color:#222"><h2 style="font-weight:600">${name.replace('&', '&amp;')}</h2><p>${german ? 'Vielen Dank für Ihren Auftrag.' : 'Thank you for your order.'}</p><table width="100%" style="border-collapse:collapse">${rows}<tr><td style="padding:10px 0"><b>${german ? 'Summe' : 'Total'}</b></td><td align="right"><b>€ ${total}</b></td></tr></table></div>`;
  const lines = items.map(({ item, price }) => `${item}: EUR ${price.toFixed(2)}`);
  return compose({
    from: { name, address, zone: 60 },
    subject: german ? `Ihre Rechnung ${number} über ${total} €` : random.pick([`Invoice ${number}`, `Receipt for your order ${number}`, `Your invoice from ${name}: € ${total}`]),
    html,
    text: `${word} ${number}\n\n${lines.join('\n')}\n\nTotal: EUR ${total}\n`,
    attachments: random.chance(0.85) ? [{ name: `${word} ${number}.pdf`, mediaType: 'application/pdf', content: pdf(`${word} ${number}`, [{ heading: `${name}: ${word} ${number}`, lines: [...lines, '', `Total: EUR ${total}`, 'Payable within thirty days.'] }]) }] : [],
    at,
    mailbox: random.chance(0.4) ? 'INBOX' : 'Invoices',
    flags: ['Invoices'],
  });
}
