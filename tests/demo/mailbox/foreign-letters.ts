export interface ForeignLetter {
  name: string;
  address: string;
  subject: string;
  text: string;
  /** What the octets are in. */
  charset: string;
  /** What the header claims, where that is something else. */
  declared?: string;
  transfer: '7bit' | '8bit' | 'quoted-printable' | 'base64';
  /** More parameters of the content type, such as format=flowed. */
  parameters?: string;
  html?: true;
  mailbox?: string;
  flags?: string[];
  /** One of them came this many hours ago. */
  hoursAgo?: number;
  times?: number;
}

export const foreignLetters: ForeignLetter[] = [
  { name: '山田 健一', address: 'yamada@kobeferry.example', charset: 'iso-2022-jp', transfer: '7bit', subject: '二番桟橋 待合室の件', text: 'リー様\n\nいつもお世話になっております。神戸汽船の山田です。\n待合室のベンチの図面を拝見しました。背もたれの角度がとても良いと思います。\n檜の見本は来週届く予定です。届き次第、写真をお送りいたします。\n\nどうぞよろしくお願いいたします。\n\n山田\n', hoursAgo: 7, times: 4 },
  { name: '佐藤 美咲', address: 'sato@mokuzai.example', charset: 'shift_jis', transfer: 'base64', subject: '檜のお見積りについて', text: 'リー様\n\nお問い合わせありがとうございます。\n檜の柾目材、厚さ四十五ミリのお見積りをお送りします。\n在庫は十分ございますので、いつでもご連絡ください。\n\n佐藤木材　佐藤美咲\n' },
  { name: 'Олена Коваль', address: 'koval@dnipro-bridge.example', charset: 'windows-1251', transfer: 'base64', subject: 'Пішохідний міст: запитання щодо поручнів', text: 'Доброго дня, пані Лі!\n\nМи бачили ваш міст у Солтмарші й хотіли б зробити подібні поручні.\nЧи можна побачити деталь кріплення до бетону?\n\nЗ повагою,\nОлена Коваль\n' },
  { name: 'Иван Петров', address: 'petrov@metall.example', charset: 'koi8-r', transfer: '8bit', subject: 'Чертежи перил', text: 'Здравствуйте!\n\nЧертежи перил получили, спасибо. Толщина стенки 3 мм нас устраивает.\nПервые образцы будут готовы через две недели.\n\nС уважением,\nИван Петров\n' },
  { name: '王 小明', address: 'wang@boli.example', charset: 'gb18030', transfer: 'base64', subject: '低铁玻璃报价', text: '李女士：\n\n您好！附上低铁玻璃的报价，厚度十毫米，交货期六周。\n如需样品，我们可以免费寄送。\n\n此致\n敬礼\n\n王小明\n' },
  { name: '陳 怡君', address: 'chen@harbourtaipei.example', charset: 'big5', transfer: 'quoted-printable', subject: '港口座椅的照片', text: '李小姐您好：\n\n港口的新座椅昨天裝好了，大家都很喜歡坐在那裡看船。\n照片下週寄給您。\n\n陳怡君\n' },
  { name: '김민준', address: 'kim@busanport.example', charset: 'euc-kr', transfer: 'base64', subject: '부산항 전망대 난간 문의', text: '안녕하세요, 리 선생님.\n\n전망대 난간 설계에 대해 문의드립니다.\n바람이 강한 곳이라 진동이 걱정됩니다. 의견을 부탁드립니다.\n\n감사합니다.\n김민준 드림\n' },
  { name: 'ليلى حداد', address: 'layla@corniche.example', charset: 'windows-1256', transfer: 'base64', subject: 'مقاعد الكورنيش: موعد الزيارة', text: 'السيدة آن المحترمة،\n\nيسعدنا أن نستقبلكم في الموقع يوم الأربعاء القادم الساعة 10:30.\nيرجى إحضار عينة الخشب رقم 4 (Larch) إن أمكن.\n\nمع خالص التحية،\nليلى حداد\n', hoursAgo: 21 },
  { name: 'נועה לוי', address: 'noa@haifapier.example', charset: 'windows-1255', transfer: 'base64', subject: 'ספסלים לטיילת בחיפה', text: 'שלום אן,\n\nתודה על הסקיצות. הספסל הארוך (240 ס"מ) נראה נהדר.\nנשמח לקבל הצעת מחיר עד יום חמישי.\n\nבברכה,\nנועה לוי\n' },
  { name: 'Γιώργος Παππάς', address: 'pappas@limani.example', charset: 'iso-8859-7', transfer: 'quoted-printable', subject: 'Φωτισμός προβλήτας', text: 'Αγαπητή Αν,\n\nΤα φωτιστικά έφτασαν σήμερα, όλα σε καλή κατάσταση.\nΘα τα τοποθετήσουμε την επόμενη εβδομάδα.\n\nΦιλικά,\nΓιώργος\n' },
  { name: 'Jürgen Groß', address: 'gross@schlosserei.example', charset: 'iso-8859-1', transfer: 'quoted-printable', subject: 'Geländer für Köln – Rückfrage', text: 'Sehr geehrte Frau Lee,\n\nfür die Füße der Geländerpfosten schlagen wir 8 mm vor, nicht 6 mm.\nÄußerlich ändert sich nichts. Wäre das für Sie in Ordnung?\n\nMit freundlichen Grüßen\nJürgen Groß\n', hoursAgo: 26 }, // The dash is not in Latin-1: it is written as "?", as careless programs do.
  { name: 'Zoë Lefèvre', address: 'zoe@atelierverre.example', charset: 'windows-1252', transfer: 'quoted-printable', subject: 'Verrière : l’échantillon est prêt', text: 'Chère Ann,\n\nL’échantillon est prêt – il coûte 38 € pièce, port compris.\n« Aussi clair que l’eau », dit le maître verrier…\n\nÀ bientôt,\nZoë\n' },
  { name: 'Grzegorz Zieliński', address: 'g.zielinski@huta.example', charset: 'iso-8859-2', transfer: 'base64', subject: 'Zamówienie: łożyska i śruby', text: 'Dzień dobry,\n\nłożyska wysłaliśmy w środę, śruby dojdą w przyszłym tygodniu.\nProszę o potwierdzenie odbioru.\n\nPozdrawiam,\nGrzegorz Zieliński\n' },
  { name: 'Ayşe Yıldız', address: 'ayse@iskele.example', charset: 'iso-8859-9', transfer: 'quoted-printable', subject: 'İskele için ahşap önerisi', text: 'Merhaba Ann,\n\nİskele için kestane öneriyoruz; tuzlu suya çok dayanıklı.\nÖrnekler yarın yola çıkıyor.\n\nSevgiler,\nAyşe\n' },
  { name: 'สมชาย ใจดี', address: 'somchai@pierbkk.example', charset: 'tis-620', transfer: 'base64', subject: 'ท่าเรือและที่นั่งริมน้ำ', text: 'เรียนคุณแอน\n\nขอบคุณสำหรับแบบที่นั่งริมน้ำ ทางเราชอบมาก\nขอนัดประชุมสัปดาห์หน้าได้ไหมครับ\n\nสมชาย\n' },
  { name: 'अनिता शर्मा', address: 'anita@ghatworks.example', charset: 'utf-8', transfer: 'base64', subject: 'घाट की सीढ़ियाँ: नाप और चित्र', text: 'नमस्ते ऐन जी,\n\nघाट की सीढ़ियों के नाप भेज रही हूँ। सबसे निचली सीढ़ी साल में दो महीने पानी के नीचे रहती है।\nआपके सुझाव की प्रतीक्षा रहेगी।\n\nसादर,\nअनिता शर्मा\n' },
  { name: 'Nguyễn Thị Hoa', address: 'hoa@caubo.example', charset: 'utf-8', transfer: '8bit', subject: 'Cầu đi bộ qua sông Hương', text: 'Chào chị Ann,\n\nCảm ơn chị đã gửi bản vẽ. Chúng tôi rất thích lan can bằng gỗ.\nTuần sau chúng tôi sẽ gửi ảnh công trường.\n\nThân mến,\nHoa\n' },
  { name: 'Café Zürich', address: 'hallo@cafezuerich.example', charset: 'windows-1252', declared: 'us-ascii', transfer: '8bit', subject: 'Tisch fuer Freitag', text: 'Grüezi Frau Lee,\n\nder Tisch für acht ist reserviert, Freitag um zwölf. Es gibt Älplermagronen.\n\nCafé Zürich\n', times: 3 },
  { name: 'Old Survey Office', address: 'office@survey.example', charset: 'utf-8', declared: 'iso-8859-1', transfer: '8bit', subject: 'Heights for the north bank', text: 'Dear Ann,\n\nthe height of the north bank is 3.42 m ± 5 mm – measured twice, at 7 °C.\nThe naïve value in the old café plan is wrong.\n\nSurvey Office\n', times: 2 },
  { name: 'Forgetful Machine', address: 'noreply@forgetful.example', charset: 'utf-8', declared: 'x-unknown-charset', transfer: '8bit', subject: 'Your measurement report', text: 'Report no. 7: everything within ±2 mm – très bien.\n', times: 1 },
  { name: 'Margaret Finch', address: 'margaret@finch.example', charset: 'utf-8', transfer: '7bit', parameters: '; format=flowed; delsp=no', subject: 'A long letter about the old pier', text: 'Dear Ann, \n \nI walked to the old pier this morning, the one your \ngrandfather always said would outlast us all, and I am \nhappy to tell you that so far he is right. The planks have \nbeen turned once more, the good side up again, and \nsomebody has painted the rail in that green which nobody \nsells any longer.\n\n> Does the bell still hang there?\n>> The one with the crack?\n\nIt does, and it still sounds like a saucepan.\n\nWith love from all of us,\nMargaret\n\n-- \nMargaret Finch, The Old Net Loft\n', times: 2, hoursAgo: 31 },
  { name: 'Wien Stadtmöbel', address: 'info@stadtmoebel.example', charset: 'iso-8859-15', transfer: 'quoted-printable', html: true, subject: 'Angebot: Bänke für 1.200 €', text: '<html><body style="font-family:Georgia,serif"><h2>Grüß Gott, Frau Lee!</h2><p>Unsere Bänke kosten ab sofort <b>1.200 €</b> statt 1.350 €, inklusive Füßen.</p><p>Herzliche Grüße aus Wien</p></body></html>\n', times: 2 },
];
