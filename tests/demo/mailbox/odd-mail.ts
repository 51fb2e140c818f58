import iconv from 'iconv-lite';
import { anyFile } from './attachments/files.ts';
import { calendarFile } from './attachments/calendar-file.ts';
import { compose } from './compose.ts';
import { anyTime } from './moment.ts';
import type { Random } from './random.ts';
import type { SeedMessage } from './seed-message.ts';

/** Mail in the charsets that the world's older programs still send: name, sender, subject, text. */
const scripts: readonly (readonly [charset: string, name: string, subject: string, text: string])[] = [
  ['iso-2022-jp', '神戸汽船 営業部', 'ポンツーンの図面について', 'いつもお世話になっております。\n図面を確認いたしました。月曜日にお電話します。\n'],
  ['shift_jis', '田中 めい', '写真を送ります', '写真は三枚あります。どれがよいですか。\n'],
  ['koi8-r', 'Ирина Соколова', 'Смета на мостик', 'Добрый день!\nСмета готова, посмотрите, пожалуйста, до пятницы.\n'],
  ['windows-1251', 'Павел Орлов', 'Чертежи пришли', 'Спасибо, чертежи получили. Вопросов нет.\n'],
  ['gb18030', '陈立', '关于灯塔步道的报价', '您好，报价单已经更新，请查收。\n谢谢！\n'],
  ['big5', '林怡君', '會議改到星期四', '會議改到星期四下午兩點，地點不變。\n'],
  ['euc-kr', '김민수', '자재 목록', '안녕하세요. 자재 목록을 보내 드립니다.\n'],
  ['windows-1256', 'ليلى حداد', 'موعد الزيارة', 'مرحبا،\nهل يناسبكم يوم الأحد لزيارة الموقع؟\n'],
  ['iso-8859-8', 'דנה לוי', 'הצעת מחיר', 'שלום,\nמצורפת הצעת המחיר המעודכנת.\n'],
  ['iso-8859-7', 'Ελένη Παππά', 'Μέτρα για τη γέφυρα', 'Τα μέτρα είναι σωστά. Καλή συνέχεια!\n'],
  ['iso-8859-2', 'Zdeněk Dvořák', 'Zábradlí: dotaz', 'Dobrý den,\nkdy dorazí zábradlí? Čekáme od úterý.\n'],
  ['iso-8859-1', 'Françoise Müller', 'Größe der Träger', 'Die Träger sind 40 mm höher als gezeichnet. Grüße aus Straßburg\n'],
  ['windows-1252', 'Seán Ó Briain', 'The “quiet” hinge – €12.40', 'The hinge costs €12.40 – it’s the quiet one…\n'],
];

/** What keeps a mail program honest: old charsets, strange headers, files of every kind, signatures, invitations, nested messages. */
export function oddMail(now: Date, random: Random): SeedMessage[] {
  return [
    ...scripts.flatMap((script) => [0, 1, 2].map(() => inCharset(script, now, random))),
    ...Array.from({ length: 70 }, () => withFiles(now, random)),
    ...invitations(now, random),
    ...oddities(now, random),
  ];
}

function inCharset([charset, name, subject, text]: (typeof scripts)[number], now: Date, random: Random): SeedMessage {
  const sender = { name, address: `${charset.replace(/[^a-z0-9]/g, '')}@letters.example`, zone: 60 };
  const message = compose({ from: sender, subject, text, at: anyTime(now, random.between(2, 900), random) });
  // iconv-lite has no iso-2022-jp; what it can't write travels as UTF-8 with the wrong label, as it does in life.
  const body = iconv.encodingExists(charset) ? iconv.encode(text, charset) : Buffer.from(text);
  const label = iconv.encodingExists(charset) ? charset : 'utf-8';
  const head = message.raw
    .subarray(0, message.raw.indexOf('\r\n\r\n'))
    .toString()
    .replace(/^(content-type|content-transfer-encoding):.*(\r\n[ \t].*)*\r\n?/gim, '')
    .trimEnd();
  const fields = `${head}\r\nContent-Type: text/plain; charset=${label}\r\nContent-Transfer-Encoding: base64\r\n\r\n`;
  const lines = body.toString('base64').replace(/(.{76})/g, '$1\r\n');
  return { ...message, raw: Buffer.from(`${fields}${lines}\r\n`) };
}

const subjects = ['Drawings for Monday', 'Photos from the site', 'Signed offer', 'Measurements', 'Colour samples', 'Minutes and list', 'Site plan'];

function withFiles(now: Date, random: Random): SeedMessage {
  const about = random.pick(subjects);
  const attachments = Array.from({ length: random.between(1, 4) }, () => anyFile(about, random));
  const from = { name: random.pick(['Workshop', 'Site office', 'Print room']), address: 'files@tidewater.example', zone: 60 };
  const text = `${attachments.length === 1 ? 'One file' : `${attachments.length} files`} for you.\n`;
  return compose({ from, subject: about, text, attachments, at: anyTime(now, random.between(1, 1500), random) });
}

function invitations(now: Date, random: Random): SeedMessage[] {
  return ['Design review', 'Site visit', 'Budget round', 'Lunch with the harbour board'].map((summary, index) => {
    const at = anyTime(now, 3 + index * 9, random);
    const startsAt = new Date(now.getTime() + (index + 2) * 86_400_000);
    const organizer = { name: 'Office', address: 'office@tidewater.example' };
    const content = calendarFile({
      uid: `event-${index}@tidewater.example`,
      method: 'REQUEST',
      summary,
      location: 'Room 2',
      startsAt,
      length: 60,
      organizer,
      attendees: [{ name: 'Ann', address: 'ann@example.test' }],
      madeAt: at,
    });
    const attachments = [{ name: 'invite.ics', mediaType: 'text/calendar; method=REQUEST', content: Buffer.from(content) }];
    return compose({ from: { ...organizer, zone: 60 }, subject: `Invitation: ${summary}`, text: `${summary}, room 2.\n`, attachments, at });
  });
}

function oddities(now: Date, random: Random): SeedMessage[] {
  const stranger = { name: '', address: 'someone@elsewhere.example', zone: 0 };
  const at = () => anyTime(now, random.between(1, 400), random);
  const nested = compose({ from: stranger, subject: 'The message inside', text: 'I travelled inside another message.\n', at: at() });
  return [
    compose({ from: stranger, subject: '', text: 'No subject at all.\n', at: at() }),
    compose({ from: stranger, subject: `A very long subject ${'that goes on and on '.repeat(20)}`, text: 'Long.\n', at: at() }),
    compose({ from: stranger, subject: '🚲🛠️ Bike day! 🎉', text: 'Emoji everywhere 👩‍🔧\n', at: at() }),
    compose({ from: { ...stranger, name: 'Bank \u202Emoc.live' }, subject: 'Account \u202Ednes ot', text: 'Look at my name.\n', at: at(), mailbox: 'Junk' }),
    compose({ from: stranger, subject: 'Fwd: the message inside', text: 'See below.\n', at: at(), attachments: [{ name: 'inside.eml', mediaType: 'message/rfc822', content: nested.raw }] }),
    compose({ from: stranger, subject: 'Flowed text', text: 'This paragraph was written by a program that wraps its lines softly, \nso that it can be shown at any width.\n\n> Quoted once.\n>> Quoted twice.\n', headers: { 'X-Mailer': 'Flow' }, at: at() }),
    compose({ from: stranger, subject: 'Win a yacht <script>alert(1)</script>', html: '<p onclick="alert(1)">Click <a href="http://evil.example">https://bank.example</a><script>alert(2)</script><img src="http://tracker.example/x.gif"></p>', at: at(), mailbox: 'Junk' }),
  ];
}
