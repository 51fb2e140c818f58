/** Providers where anybody has an address: their domain says nothing about who somebody is. */
const freemail: ReadonlySet<string> = new Set(
  (
    'gmail.com googlemail.com outlook.com outlook.de hotmail.com hotmail.de hotmail.fr live.com live.de msn.com yahoo.com yahoo.de yahoo.fr ' +
    'yahoo.co.uk ymail.com aol.com icloud.com me.com mac.com gmx.de gmx.net gmx.com gmx.at gmx.ch web.de freenet.de t-online.de arcor.de ' +
    'mail.com mail.de mail.ru bk.ru inbox.ru list.ru yandex.ru yandex.com proton.me protonmail.com pm.me tutanota.com tuta.com tuta.io ' +
    'posteo.de posteo.net mailbox.org zoho.com fastmail.com hey.com duck.com qq.com 163.com 126.com orange.fr free.fr laposte.net sfr.fr ' +
    'libero.it virgilio.it wp.pl o2.pl interia.pl onet.pl seznam.cz bluewin.ch btinternet.com comcast.net verizon.net att.net'
  ).split(' '),
);

/** Of a domain in lower case. */
export function isFreemail(domain: string): boolean {
  return freemail.has(domain);
}
