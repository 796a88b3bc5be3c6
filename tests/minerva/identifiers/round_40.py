"""Phones and addresses told in ways found missing in ads of a ninth and a tenth writer's generators, with what looks
like them and is none."""

from __future__ import annotations

ADDRESSES = {
    "parts joined by a word": (
        "Correo por partes: usuario oak.tiles y dominio example.com", "oak.tiles@example.com",
    ),
    "the same in Dutch": ("mail in delen: naam oak_tiles en domein example.net", "oak_tiles@example.net"),
    "the same in Vietnamese": ("Email tách ra: tên oak.tiles và tên miền example.net", "oak.tiles@example.net"),
    "parts of which each is said to be one": (
        "Email in parts: name is oaktiles68 and the domain is example.net\nWe want", "oaktiles68@example.net",
    ),
    "a blank before the comma behind a mailbox": (
        "my mailbox: oaken-tiles , then the at sign, then example.net.", "oaken-tiles@example.net",
    ),
    "a label of one word": ("mijn mailadres is oaktiles\n@example.net", "oaktiles@example.net"),
    "the sign in Chinese letters of Latin": ("邮箱：oak dian tiles aite example dian net", "oak.tiles@example.net"),
    "a blank behind the dot at a line's end": ("Scrivimi a: oak_tiles@example. net\nA presto", "oak_tiles@example.net"),
    "an a in a circle behind a label": ("E-mail: oaktilesⓐexample.com", "oaktiles@example.com"),
    "two pictures said to stand for both signs": (
        "E-Mail: oaktiles68🎈example🌸org (🎈 = @, 🌸 = .)", "oaktiles68@example.org",
    ),
    "a remark to be taken out, in Spanish": (
        "Mi email es: oak.tiles(quita esto)@example.org", "oak.tiles@example.org",
    ),
    "a remark to be taken out, in German": ("oak_tiles(das hier löschen)@example.com", "oak_tiles@example.com"),
    "capitals with words for the signs": ("CONTATTO VIA E-MAIL: OAKEN.TILES68ATLIBERODOTIT", "oaken.tiles68@libero.it"),
    "glued words at any host behind a label": ("E-mail: hannapopaatexampledotcom", "hannapopa@example.com"),
}  # fmt: skip
NO_ADDRESSES = {
    "glued words at any host without a label": ("hannapopaatexampledotcom wrote",),
    "glued words with a second dot": ("Bookings by mail only: anavip44atshopdotexampledotorg",),
    "glued words with a second at": ("E-mail: hannaatpopaatexampledotcom",),
    "a sentence that begins behind the host": ("we met jen@example. Com is short for community",),
}
NUMBERS = {
    "a Spanish word among digits": ("llámame al 3 3 1 2 3 4 cuatro 6 7 8", "MX", "+523312344678"),
    "a Portuguese word among digits": ("me liga 11 9 1 2 3 quatro 5 6 7 8", "BR", "+5511912345678"),
    "glued Turkish words": ("ara sıfırbeşsıfırbirikiüçdörtbeşaltıyediyedi", "TR", "+905012345677"),
    "glued Polish words": (
        "dzwoń +czteryosiem-pieczeroszesc-szescszescosiem-siedemdziewiecosiem", "PL", "+48506668798",
    ),
    "glued Swedish words": ("Mitt nummer är NollÅttaNollSexTvåÅttaNollFyraFyraÅtta", "SE", "+46806280448"),
    "glued Dutch words": ("Bel nulzesvier-negendrie-eentwee-nulvijfeen", "NL", "+31649312051"),
    "a Hindi word that doubles": ("मोबाइल: शून्य नौ आठ सात छह पांच चार तीन डबल नौ सात", "IN", "+919876543997"),
    "remarks between stars": ("call 0770 *hello* 090 *home* 01 *spring* 23", "GB", "+447700900123"),
    "one remark between stars": ("Mi número es 33-1234 *gente seria* 5678, pregunta por Nora", "MX", "+523312345678"),
    "remarks between waves": ("tel. 07700 ~ thanks ~ 900 ~ evenings are best ~ 123", "GB", "+447700900123"),
    "remarks in angles": ("Мой номер 8 912 345 <спросить Нору> 6789, спросить", "RU", "+79123456789"),
    "remarks in two brackets": ("cell 07700 ((call only)) 900 ((no texts)) 123", "GB", "+447700900123"),
    "Hindi words for a dot": ("मोबाइल 098 बिंदु 765 बिंदु 432 बिंदु 10", "IN", "+919876543210"),
    "Thai words for then in dashes": ("โทรมาที่ +66-แล้วก็-81-แล้วก็-234-แล้วก็-5678", "TH", "+66812345678"),
    "Thai words for dots": ("โทร: +66 จุด 81 จุด 234 จุด 5678", "TH", "+66812345678"),
    "begin, more and end in Spanish": ("mi número empieza por 957 luego va 123 y termina en 456", "ES", "+34957123456"),
    "begin, more and end in German": (
        "meine Nummer beginnt mit 0664 dann kommt 123 und am Ende 4567", "AT", "+436641234567",
    ),
    "begin, more and end in Vietnamese": (
        "số điện thoại bắt đầu bằng 0982 tiếp theo là 123 và cuối cùng là 456", "VN", "+84982123456",
    ),
    "begin, middle and end in French": ("Téléphone, début : 06 39 / milieu : 98 12 / fin : 34", "FR", "+33639981234"),
    "Turkish phrases behind their parts": ("numaram 0501 234 ile başlar ve 5678 ile biter", "TR", "+905012345678"),
    "Chinese words for parts": ("电话 前段：812 / 中段：345 / 后段：67", "SG", "+6581234567"),
    "each digit in angles behind a plus": (
        "appelez le +<3> <3> <6> <3> <9> <9> <8> <1> <2> <3> <4> !!", "CA", "+33639981234",
    ),
    "each digit in square brackets behind a plus": (
        "whatsapp +[4][4][7][7][0][0][9][0][0][1][2][3]", "US", "+447700900123",
    ),
    "a word in each gap": ("sunați la 0764 casa 928 soare 781", "RO", "+40764928781"),
    "four digits, a Chinese word and four": ("我的手机号是 8123 横杠 4567 ，找诺拉", "SG", "+6581234567"),
    "the last part called so": (
        "Telefono, prima parte: +39 / seconda parte: 347123 / ultima parte: 4567", "IT", "+393471234567",
    ),
    "begin, more and end in Arabic": ("رقمي يبدأ بـ 010 ثم 1234 وينتهي بـ 5678", "EG", "+201012345678"),
    "begin, more and end in Hindi": ("नंबर शुरू होता है 098 से फिर 7654 और आखिर में 3210 है", "IN", "+919876543210"),
    "a word glued before and behind": ("* llama612345678ya - Paseo", "ES", "+34612345678"),
    "the same in capitals": (">> ANRUFEN06641234567BITTE", "AT", "+436641234567"),
    "a word of prose behind the last digit": (
        "Phone zero eight five five one two three nine two zero for details", "IE", "+353855123920",
    ),
}  # fmt: skip
NO_NUMBERS = {
    "the id of a Swiss business": ("* UID CHE-818.823.637", "CH"),
    "the id of a Swiss business in small letters": ("uid che-769.470.737", "CH"),
    "a member's number": ("mucha luz.\nSocio n.º F-56972989\nDoy", "PE"),
    "an Indonesian member's number": ("No. anggota 294843481 | Biasanya", "ID"),
    "letters of an invoice": ("Factura n.º RE-958786826\nCliente", "CL"),
    "an Indonesian invoice": ("No. faktur: 97513773.", "ID"),
    "a customer on a line of its own": ("from work.\nCustomer no. 93473506\nI", "MY"),
    "a spare part in Vietnamese": ("lọc gió, mã phụ tùng 0 309 106 403. đăng", "VN"),
    "a spare part in Romanian": ("filtru, cod piesă 0 761 394 822", "RO"),
    "a spare part in Chinese": ("滤芯 配件号 0 247 729 523。", "TW"),
    "a spare part in Dutch": ("filter, onderdeelnummer 0 684 250 292", "NL"),
    "an order in Hindi": ("ऑर्डर नंबर 8898556291 शहर", "IN"),
    "an invoice in Chinese": ("发票号码 54157181", "HK"),
    "a tax number in Turkish": ("vergi no 5477864502", "TR"),
    "a tax number in Vietnamese": ("mã số thuế 2321916810", "VN"),
    "a tax number in Indonesian": ("NPWP 62.793.548.8-469.000;", "ID"),
    "an account in Turkish": ("Banka hesap no: 48892894-11", "TR"),
    "an account in Russian": ("Расчётный счёт 94738258-91.", "KZ"),
    "an exclamation mark behind digits": ("WIFI ROUTER 192.168.1.24! NAME", "IN"),
    "coordinates as long as a number": ("Coordinates 44.27609, 5.17756\nLessons", "FI"),
    "the second of two coordinates": ("Coordinates -16.29617, 36.07991\nOur", "FI"),
    "parts of which the middle one is told in a way unknown here": (
        "meine Nummer beginnt mit 0664, sodann: 951 und am Ende 7330", "AT",
    ),
}  # fmt: skip
