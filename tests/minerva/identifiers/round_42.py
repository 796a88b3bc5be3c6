"""Phones and addresses told in ways found missing in ads of an eleventh writer's generator, with what looks like them
and is none."""

from __future__ import annotations

ADDRESSES = {
    "blanks behind both dots": ("Write to oak. tiles43 @ example. com and say hello", "oak.tiles43@example.com"),
    "the same in Ukrainian": ("Моя пошта: oak. tiles64 @ ukr. net", "oak.tiles64@ukr.net"),
    "blanks around both dots": ("mandad un mensaje a oak . tiles @ example . com.", "oak.tiles@example.com"),
    "a mailbox in quotes and its domain, in German": (
        'Mein Postfach heißt "oaktiles" und die Domain ist Example Punkt com.', "oaktiles@example.com",
    ),
    "the same in Portuguese": (
        'A minha caixa de correio é "o.tiles" e o domínio é gmail ponto com.', "o.tiles@gmail.com",
    ),
    "the same in Indonesian": (
        'Nama kotak surat saya "o.tiles" dan domainnya Example titik com.', "o.tiles@example.com",
    ),
    "the same in Polish": (
        'Moja skrzynka nazywa się "oaktiles", a domena to example kropka pl.', "oaktiles@example.pl",
    ),
    "before the sign and behind it": (
        "Correo: delante de la arroba oak.tiles, detrás outlook punto com.", "oak.tiles@outlook.com",
    ),
    "both parts in brackets": ("Send a message to (oaktiles)@(example.com), thanks", "oaktiles@example.com"),
    "the host in brackets": ("mail oaktiles@(example.com) now", "oaktiles@example.com"),
    "an initial and a Vietnamese dot": ("Gửi câu hỏi về e chấm tiles a còng example chấm net", "e.tiles@example.net"),
    "an initial behind Arabic": ("على العنوان a دوت tiles آت example دوت com.", "a.tiles@example.com"),
    "an initial before spelled letters": ("E-Mail: B PUNKT O A K S AT EXAMPLE PUNKT COM", "b.oaks@example.com"),
    "an initial and a dot in brackets": ("bekliyorum, e[dot]tiles[at]proton[dot]me.", "e.tiles@proton.me"),
    "a Romanian `la` before": ("Scrieți la oaktiles at example punct com.", "oaktiles@example.com"),
}  # fmt: skip
NO_ADDRESSES: dict[str, tuple[str]] = {}
NUMBERS = {
    "glued Czech words": ("Číslo dvajednadvašestnulačtyřidvaosmdva.", "CZ", "+420212604282"),
    "glued Czech words with capitals": ("WhatsApp: DvaJednaDvaTřiČtyřiDevětJednaOsmŠest", "CZ", "+420212349186"),
    "glued Hungarian words": ("Tel. NULLAHATKETTŐNULLAEGYKETTŐEGYÖTKILENCHATHAT", "HU", "+36201215966"),
    "glued Hungarian words and digits": ("Tel. NULLAHATKETTŐ0EGY1732NYOLC0", "HU", "+36201173280"),
    "more glued Swedish words": ("nås på nollsjunolletttvånollniotrenolltre, även", "SE", "+46701209303"),
    "glued Greek words with capitals": ("στο ΈξιΕννέαΈναΔύοΤρίαΤρίαΕπτάΕννέαΟκτώΔύο.", "GR", "+306912337982"),
    "glued Greek words in capitals": ("Τηλ. ΕΝΝΈΑΈΞΙΈΝΑΠΈΝΤΕΜΗΔΈΝΈΞΙΈΞΙΟΚΤΏ", "CY", "+35796150668"),
    "glued Indonesian words": (
        "HP saya: KosongDelapanSatuDuaTujuhDelapanEmpatTujuhKosongSembilan.", "ID", "+62812784709",
    ),
    "glued Finnish words": ("soita nollaneljänollayksikaksikolmeneljäviisikuusiseitsemän", "FI", "+358401234567"),
    "glued Ukrainian words with their sign": (
        "дзвоніть на нульп'ятьнульодиннульдев'ятьнульдев'ятьчотиринуль.", "UA", "+380501090940",
    ),
    "the same with another sign, in capitals": (
        "НУЛЬП\u2019ЯТЬНУЛЬОДИНП\u2019ЯТЬДВАЧОТИРИЧОТИРИНУЛЬВІСІМ.", "UA", "+380501524408",
    ),
    "a Ukrainian word between digits": ("Мій номер 0п'ятьнуль1дватри0двавісім9.", "UA", "+380501230289"),
    "dashes at the ends of lines": ("Tel. 214-\n555-\n0117", "US", "+12145550117"),
    "dashes at the ends of lines behind a plus": ("เบอร์ของฉันคือ +66-\n81-\n294-\n9518", "TH", "+66812949518"),
    "blanks around the ends of lines": ("по телефону 8 \n 71234 \n 8 \n 93 \n 50.", "KZ", "+77123489350"),
    "three plus signs between": ("WhatsApp: 912+++338+++538", "PT", "+351912338538"),
    "three plus signs between, a plus before": ("mi móvil: +34+++61+++214+++61+++47.", "ES", "+34612146147"),
    "three plus signs with blanks": ("Связь: 8 +++ 912 +++ 344 +++ 50 +++ 54, спросите", "RU", "+79123445054"),
    "waves and a last group that is long": ("nummer is +31 ~ 6 ~ 12293557", "NL", "+31612293557"),
    "a stroke and a last group that is long": ("اتصلوا على 010 _ 01282177.", "EG", "+201001282177"),
    "a dash and what goes on in Turkish": ("Beni arayın: 0501 286 13 - ve devamı - 55.", "TR", "+905012861355"),
    "a dash and what goes on in Polish": ("WhatsApp: 512 - i dalej - 995 242", "PL", "+48512995242"),
    "a dash and what goes on in Dutch": ("Dit is mijn mobiel: 061 - en verder - 2302 180.", "NL", "+31612302180"),
    "a dash and what goes on in Vietnamese": ("xin gọi số 0912 - tiếp theo - 190 110.", "VN", "+84912190110"),
    "what goes on in brackets": ("Randevu için 0212 336 (sonra) 08 93.", "TR", "+902123360893"),
    "begin, more and end in Turkish": ("Numaram 0501 ile başlıyor, sonra 223 76, en son 73.", "TR", "+905012237673"),
    "begin, more and end in Indonesian": (
        "Nomor saya mulai dengan 0812, lalu 203, dan terakhir 303.", "ID", "+62812203303",
    ),
    "a plus in brackets before words": ("Telepon saya di (plus) enam dua 812 612 402.", "ID", "+62812612402"),
    "a plus in words before digits": ("Meine Nummer ist plus 49 1512 3479003.", "DE", "+4915123479003"),
    "backwards in Italian": ("Telefono, partendo dalla fine: 50 2644 32 13.", "IT", "+393123446205"),
    "backwards in Portuguese": ("Telefone, a começar pelo fim: 7646363211.", "BR", "+551123636467"),
    "Thai words, digits and dots": ("โทร 0.แปด.หนึ่ง.2.เก้า.สาม.444.เจ็ด", "TH", "+66812934447"),
    "Chinese words, digits and dots": ("WhatsApp:51.二.八.9.六.0.幺", "HK", "+85251289601"),
}  # fmt: skip
NO_NUMBERS = {
    "the last part of an order": ("Die Bestellnummer lautet 848-0277952-8134807.", "DE"),
    "the last group of an order": ("Die Bestellnummer lautet 523-4770518-0768639.", "DE"),
    "a serial number in Vietnamese": ("Số sê-ri 350185528 ở mặt sau.", "VN"),
    "a serial number in Indonesian": ("Nomor seri 615791873 ada di belakang.", "ID"),
    "groups of a part number": ("Nomor seri 9553-8979-8387-E ada di belakang.", "ID"),
    "groups of a part number in Polish": ("Numer seryjny 3181-2943-2131-D jest z tyłu.", "PL"),
    "an advertisement in Indonesian": ("Kode iklan 56606991.", "ID"),
    "an advertisement in Polish": ("Numer ogłoszenia 159032767.", "PL"),
    "an order in Indonesian": ("Nomor pesanan 2667274292.", "ID"),
    "a licence in Spanish": ("Licencia n.º 10-661389.", "PE"),
    "a code of capitals and digits": ("Numero d'ordine EB07731941. Internet", "IT"),
    "a license in Chinese": ("营业执照号39168487。", "HK"),
    "measures with crosses": ("Medidas 158×154×48 cm. La cámara", "PE"),
    "dates with blanks": ("Szabad: 2027. 06. 16. – 2027. 07. 24..", "HU"),
}  # fmt: skip
