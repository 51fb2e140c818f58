import type { Article } from './articles.ts';

export interface Edition {
  publication: string;
  number: number;
  date: string;
  articles: Article[];
  goods: { name: string; price: string }[];
  /** Each design decides whether its pictures come along (cid:) or from a host. */
  picture: (index: number) => string;
  home: string;
}

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/** Wide serif letter on white, one large picture on top. */
export function letterDesign({ publication, number, date, articles, picture, home }: Edition): string {
  const body = articles
    .map(({ headline, text }, index) => `<tr><td style="padding:28px 40px 0"><h2 style="margin:0 0 8px;font:normal 24px/1.25 Georgia,serif;color:#2b2a26">${escaped(headline)}</h2><p style="margin:0;font:16px/1.6 Georgia,serif;color:#45423a">${escaped(text)} <a href="${home}/read/${number}-${index}" style="color:#8a5a2b">Read on</a></p></td></tr>`)
    .join('\n');
  return `<!doctype html><html><head><meta charset="utf-8"><title>${escaped(publication)}</title></head><body style="margin:0;background:#f4efe6">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px 8px">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" style="max-width:600px;background:#fffdf8">
<tr><td style="padding:32px 40px 20px;text-align:center;font:italic 34px Georgia,serif;color:#2b2a26">${escaped(publication)}<div style="font:normal 12px/2 Georgia,serif;letter-spacing:2px;color:#8c8676">NUMBER ${number} · ${escaped(date.toUpperCase())}</div></td></tr>
<tr><td><img src="${picture(0)}" width="600" alt="A footbridge over still water" style="display:block;width:100%;height:auto"></td></tr>
${body}
<tr><td style="padding:32px 40px;font:13px/1.5 Georgia,serif;color:#8c8676;text-align:center">You get this because you asked for it. <a href="${home}/leave" style="color:#8c8676">Leave</a></td></tr>
</table></td></tr></table></body></html>`;
}

/** Dark from the start, cards with pictures at the side. */
export function nightDesign({ publication, number, articles, picture, home }: Edition): string {
  const cards = articles
    .map(({ headline, text }, index) => `<tr><td style="padding:10px 24px"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#1c2430;border-radius:10px"><tr><td width="150" valign="top" style="padding:16px"><img src="${picture(index)}" width="130" height="87" alt="" style="border-radius:6px;display:block"></td><td valign="top" style="padding:16px 16px 16px 0;color:#d8dee9;font:15px/1.5 Helvetica,Arial,sans-serif"><b style="color:#ffd37a">${escaped(headline)}</b><br>${escaped(text)}</td></tr></table></td></tr>`)
    .join('\n');
  return `<html><body bgcolor="#10151d" style="margin:0;background:#10151d;color:#d8dee9"><table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center"><table role="presentation" width="620" cellpadding="0" cellspacing="0">
<tr><td style="padding:36px 24px 18px;font:bold 28px Helvetica,Arial,sans-serif;color:#ffffff">◐ ${escaped(publication)} <span style="color:#6b7a90;font-weight:normal">/ ${number}</span></td></tr>
${cards}
<tr><td style="padding:24px;font:12px Helvetica,Arial,sans-serif;color:#6b7a90">Sent after sunset. <a href="${home}/preferences" style="color:#8fb8ff">Preferences</a> · <a href="${home}/leave" style="color:#8fb8ff">Unsubscribe</a></td></tr></table></td></tr></table></body></html>`;
}

/** A shop: grid of goods with remote pictures, a big button, and the pixel that counts who opened it. */
export function shopDesign({ publication, number, goods, picture, home }: Edition): string {
  const cell = (good: (typeof goods)[number], index: number) =>
    `<td width="50%" align="center" style="padding:12px;font:14px/1.4 Arial,sans-serif;color:#1a1a1a"><img src="${picture(index)}" width="240" height="160" alt="${escaped(good.name)}" style="display:block;margin:0 auto 8px;background:#eef1f4"><b>${escaped(good.name)}</b><br><span style="color:#c2410c">€ ${good.price}</span></td>`;
  const rows = Array.from({ length: Math.ceil(goods.length / 2) }, (_, row) => `<tr>${goods.slice(row * 2, row * 2 + 2).map((good, index) => cell(good, row * 2 + index)).join('')}</tr>`).join('\n');
  return `<html><head><style>@media (max-width:480px){td{display:block;width:100%!important}} .b:hover{background:#9a3412}</style></head><body style="margin:0;background:#ffffff">
<center><table width="560" cellpadding="0" cellspacing="0" border="0"><tr><td colspan="2" style="background:#c2410c;color:#fff;padding:18px;font:bold 22px Arial,sans-serif">${escaped(publication)}</td></tr>
<tr><td colspan="2" style="padding:18px 12px;font:16px/1.5 Arial,sans-serif">Fresh on the shelf this week. Order before Thursday noon and it is on your table on Friday.</td></tr>
${rows}
<tr><td colspan="2" align="center" style="padding:20px"><a class="b" href="${home}/shop?c=${number}" style="background:#c2410c;color:#ffffff;text-decoration:none;padding:14px 32px;border-radius:4px;font:bold 16px Arial,sans-serif;display:inline-block">See everything</a></td></tr>
<tr><td colspan="2" style="padding:16px;font:11px Arial,sans-serif;color:#777">Prices with VAT. <a href="${home}/leave">Unsubscribe</a></td></tr></table></center>
<img src="${home}/open.gif?u=8812&amp;c=${number}" width="1" height="1" alt=""></body></html>`;
}

/** Modern and light, with its own dark variant in a media query. */
export function modernDesign({ publication, number, date, articles, picture, home }: Edition): string {
  const items = articles
    .map(({ headline, text }, index) => `<div class="item"><h3>${escaped(headline)}</h3>${index === 0 ? `<img src="${picture(0)}" alt="" width="100%">` : ''}<p>${escaped(text)}</p><p><a href="${home}/${number}/${index}">Continue reading →</a></p></div>`)
    .join('\n');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><style>
body{margin:0;background:#eef2f6;color:#17212b;font:16px/1.55 -apple-system,"Segoe UI",sans-serif}
.page{max-width:640px;margin:0 auto;padding:32px 20px}.item{background:#fff;border-radius:14px;padding:22px 26px;margin:0 0 16px}
h1{font-size:26px;margin:0 0 4px}h3{margin:0 0 10px;font-size:19px}.meta{color:#64748b;margin:0 0 24px}a{color:#0f6fb8}img{border-radius:10px;max-width:100%}
@media (prefers-color-scheme: dark){body{background:#0f1720;color:#e6edf3}.item{background:#182430}a{color:#7cc4ff}}
</style></head><body><div class="page"><h1>${escaped(publication)}</h1><p class="meta">No. ${number}, ${escaped(date)}</p>
${items}
<p class="meta">Written by four people and a cat. <a href="${home}/leave">Stop these</a></p></div></body></html>`;
}

/** Nothing but text, as it was. */
export function plainDesign({ publication, number, date, articles, home }: Edition): string {
  const line = '='.repeat(64);
  const wrap = (text: string) => text.replace(/(.{1,66})(?: |$)/g, '$1\n').trimEnd();
  const parts = articles.map(({ headline, text }, index) => `${index + 1}. ${headline.toUpperCase()}\n\n${wrap(text)}\n\n   ${home}/${number}/${index + 1}\n`);
  return `${line}\n${publication}   no. ${number}   ${date}\n${line}\n\n${parts.join('\n')}\n${line}\nTo leave write to leave@${new URL(home).hostname}\n`;
}
