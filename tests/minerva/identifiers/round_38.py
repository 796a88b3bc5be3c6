"""Phones and addresses told in ways found missing in the thirty-eighth round of texts not seen before and in ads of an
eighth writer's generator, with what looks like them and is none."""

from __future__ import annotations

ADDRESSES = {
    "before and after the sign": (
        "My e-mail: before the at sign it is oak.tiles and after the at sign laposte.net", "oak.tiles@laposte.net",
    ),
    "the same in Portuguese": (
        "Meu e-mail: antes da arroba oak.tiles e depois da arroba example.net", "oak.tiles@example.net",
    ),
    "the same in French": (
        "Mon e-mail : avant l'arobase oak.tiles et après l'arobase laposte.net", "oak.tiles@laposte.net",
    ),
    "the same in Italian": (
        "La mia e-mail: prima della chiocciola oaktiles e dopo la chiocciola libero.it", "oaktiles@libero.it",
    ),
    "a Chinese name of two signs": ("电子邮箱：oak-tiles68[艾特]example[点]net", "oak-tiles68@example.net"),
    "a name and the part behind the sign": (
        "My email name is oaktiles and the part after the at sign is example.net", "oaktiles@example.net",
    ),
    "the same in Chinese": ("我的邮箱：艾特符号前面是 oak_tiles 后面是 example.com", "oak_tiles@example.com"),
    "the same in Thai": (
        "อีเมล: หน้าเครื่องหมายแอทคือ oak.tiles และหลังเครื่องหมายคือ example.com", "oak.tiles@example.com",
    ),
    "a Dutch underscore": ("reserveren? oak onderstreepje tiles apenstaart telenet punt be", "oak_tiles@telenet.be"),
}  # fmt: skip
NO_ADDRESSES = {
    "a host behind the sign": ("what stands after the at sign laposte.net gives me",),
}
NUMBERS = {
    "digits in blocks": ("Text or call 0  1  2  1      4  9  6      0  1  9  2.", "GB", "+441214960192"),
    "eight digits in blocks": ("Whatsapp me at 8   1   4   2     7   7   0   5 no agent", "SG", "+6581427705"),
    "pictures between Chinese words and digits": (
        "手机号码是：yao 🎀 ba 🎀 1 🎀 yao 🎀 9 🎀 9 🎀 er 🎀 9 🎀 4 🎀 3 🎀 ba，找李老师即可", "CN", "+8618119929438",
    ),
    "glued Chinese words": ("请拨打电话：YiSanLing-JiuWuWuEr-LingLiuQiLing，全天", "CN", "+8613095520670"),
    "a word of prose glued to others": ("Telefon: zeroșapteunutrei-zerocincipatru-optnouăzero", "RO", "+40713054890"),
    "each digit in brackets behind a plus": ("Phone: +(6)(1)(7)(5)(5)(5)(0)(1)(4)(2)(4).", "AU", "+61755501424"),
    "Latin letters in Russian words": (
        "WhatsApp: вoceмь дeвять дeвять шecть тpи пять двa oдин пять тpи двa", "RU", "+79963521532",
    ),
    "right after it": ("Dial 214 and then, right after it, 555-0175.", "US", "+12145550175"),
    "right after it, in Spanish": ("Marca 618-07 y justo después 37-08. Coordenadas", "ES", "+34618073708"),
    "right after it, in German": ("Wählen Sie 0676 und direkt danach 498 7165. Bestellt", "AT", "+436764987165"),
    "right after it, in Russian": ("Наберите 8 989 и сразу после этого 949 83 66. Заказ", "RU", "+79899498366"),
    "two halves far apart": (
        "First half of my number: 0160. Parking is easy to find. Second half of my number: 26301182. We carry", "DE",
        "+4916026301182",
    ),
    "three parts in Thai": (
        "เบอร์ของฉันแบ่งเป็นส่วน: ส่วนต้น 089 ส่วนกลาง 929 ส่วนท้าย 1785 ค่ะ", "TH", "+66899291785",
    ),
    "French and then": (
        "partagée entre trois locataires. Appelez le 02 et puis 61 et puis 91 et puis 70 et puis 25.", "FR",
        "+33261917025",
    ),
    "after that comes": (
        "call. My area code is 503 like most of Portland.\nAfter that comes 555.\nFinish with 0176 and", "US",
        "+15035550176",
    ),
    "a picture of a phone behind a word": (
        "calme do ☎ zero four one two four nine seven two seven four", "AU", "+61412497274",
    ),
    "stars between Chinese digits": ("请改打：一*八*八*五*九*三*七*五*七*一*三。", "CN", "+8618859375713"),
    "Japanese of": ("ご連絡は０９０の１７３４の５６２８、山岸まで", "JP", "+819017345628"),
    "long Japanese vowels": (
        "お電話はゼロキューゼロの、ニーハチイチロクの、ヨンゴーサンナナ、三浦です", "JP", "+819028164537",
    ),
    "Chinese words between groups": ("我的手机号码是：159-Liu-San-Yi-Jiu-San-Liu-25，找李老师", "CN", "+8615963193625"),
    "Chinese words in Cyrillic letters": ("电话：yі san bа, ѕаn jіu jіu wu, ѕі si yі ba。", "CN", "+8613839954418"),
    "a plus sign in words before slashes": (
        "unter plus/Vier/Neun/Eins/Sechs/Null/Fuenf/Drei/Null/Neun/Null/Zwei/Neun/Vier. Details", "DE",
        "+4916053090294",
    ),
    "backwards in Chinese, a remark between": (
        "电话号码反过来写（最后那位在最前面）：0736-0249-951。", "CN", "+8615994206370",
    ),
    "two halves in French": (
        "Première moitié de mon numéro : 05-36. Parking facile. Seconde moitié de mon numéro : 49-65-31.", "FR",
        "+33536496531",
    ),
    "two halves in Romanian": (
        "Prima jumătate a numărului meu: 0742. Suntem o firmă. Cealaltă jumătate a numărului: 451-651.", "RO",
        "+40742451651",
    ),
    "right after it, in Romanian": ("Formați 021 și imediat după aceea 106 4715. Oferim", "RO", "+40211064715"),
    "a digit alone before blocks": ("Телефон: 8      9  9  4      3  3  4      4  1      2  7.", "RU", "+79943344127"),
    "a sentence behind letters like digits": ("Telefono: +39-ЗA3-IS3-8B80. Il locale misura", "IT", "+393431538880"),
    "the last group in letters and digits": ("Call +27 82 666 4o3o.", "ZA", "+27826664030"),
    "reversed beside other digits": (
        "The IP address 203.0.113.172. My number written backwards: 25 76 01 086, so read it", "ES", "+34680106752",
    ),
}  # fmt: skip
NO_NUMBERS = {
    "a tax number": ("Company tax number 33-3532816 for the invoice", "DE"),
    "the number of a device": ("Serial number of the device: 33604927326.", "IT"),
    "the same in Italian": ("Numero di serie dell'apparecchio: FD 1630 95173.", "IT"),
    "the same in Portuguese": ("Número de série do aparelho: SN 7523-9766-40.", "BR"),
    "a licence": ("Licencia comercial n.º 73-8590-449 a la vista", "ES"),
    "the same in Portugal": ("Licença comercial n.º 26-6303-285 afixada", "PT"),
    "a Spanish tax number": ("NIF fiscal B77637355 para la factura", "ES"),
    "a Chinese book": ("教材的ISBN是978-2-07-797875-7，书店有售", "CN"),
    "a Chinese parcel": ("快递单号2963 4713 0122 30的包裹已经收到", "CN"),
    "a Chinese serial number": ("设备的序列号：8265-6066-29。", "CN"),
    "a book among words": ("ISBN del primo 978-88-04-31270-5. Chi la vuole", "IT"),
    "an advertisement": ("Nº de anuncio 934567810, Barcelona", "ES"),
    "a parcel's code": ("The parcel with tracking code 1155 2276 8479 68 arrived well.", "US"),
    "a Russian order": ("Заказ номер 7068068186 можно забрать", "RU"),
    "a Portuguese tax number": ("Contribuinte fiscal 282319417 para a fatura", "PT"),
    "a spare part": ("Product code of the spare part: 6436-4109.", "PL"),
    "coordinates and a sentence": ("Coordenadas GPS: 60.40060, -62.39573. Si el aparato", "ES"),
    "bus lines before an address backwards": (
        "Bus lines 151, 167, 285 stop nearby. My email written backwards: ten.elpmaxe@selitkao", "SE",
    ),
    "a model": ("model SB-2025-550143 on the box", "US"),
    "a series": ("Bindung DIN 3-10, Serie 0781234-56-B, CHF 140", "CH"),
    "a part beside what is told backwards": (
        "La mia e-mail scritta al contrario: ten.elpmaxe@selitkao (da destra a sinistra)\nCodice prodotto: 36389/101.",
        "IT",
    ),
}  # fmt: skip
