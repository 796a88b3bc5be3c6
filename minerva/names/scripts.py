"""Names in scripts that a letter-by-letter table reads badly: syllables parted, vowels that are spoken but not written.

Owns what is done before the general table (anyascii): Han and Hangul signs become words of their own, Japanese names
get their reading, Indic letters their inherent vowel, Arabic its article and silent signs, Greek pairs of letters their
sound. Thai is read twice: by the table, and as consonants for a comparison with Latin letters.
"""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_HANGUL = "\uac00-\ud7a3"
_SYLLABLE = re.compile(f"([{_HAN}{_HANGUL}])")
# Final consonants by their number within the syllable's code point (Unicode, chapter 3.12).
_HANGUL_STOPS = {1: "k", 2: "k", 7: "t", 17: "p", 24: "k", 25: "t", 26: "p"}
_HANGUL_START = re.compile(f"(?<![{_HANGUL}])([{_HANGUL}])(?=[{_HANGUL}\\s])")
_INDIC = re.compile("[\u0900-\u0d7f]+")
_ARABIC = re.compile("[\u0600-\u06ff]+")
_HEBREW = re.compile("[\u05d0-\u05ea]+")
_THAI = re.compile("[\u0e01-\u0e4e]+")
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]+")

# Family names whose usual spelling is not that of their sound (Revised Romanization reads 이 as "i", 박 as "bak").
_KOREAN = {
    "김": "kim", "이": "lee", "박": "park", "최": "choi", "정": "jung", "강": "kang", "조": "cho", "임": "lim",
    "오": "oh", "노": "noh", "류": "ryu", "유": "yoo", "신": "shin", "안": "ahn", "권": "kwon", "황": "hwang",
}  # fmt: skip

# The most frequent Japanese family names of two signs or more, and given names: read otherwise than in Chinese.
_JAPANESE = {
    "佐藤": "sato", "鈴木": "suzuki", "高橋": "takahashi", "田中": "tanaka", "伊藤": "ito", "渡辺": "watanabe",
    "渡邊": "watanabe", "山本": "yamamoto", "中村": "nakamura", "小林": "kobayashi", "加藤": "kato", "吉田": "yoshida",
    "山田": "yamada", "佐々木": "sasaki", "山口": "yamaguchi", "松本": "matsumoto", "井上": "inoue", "木村": "kimura",
    "斎藤": "saito", "斉藤": "saito", "清水": "shimizu", "山崎": "yamazaki", "池田": "ikeda", "橋本": "hashimoto",
    "阿部": "abe", "石川": "ishikawa", "山下": "yamashita", "中島": "nakajima", "石井": "ishii", "小川": "ogawa",
    "前田": "maeda", "岡田": "okada", "長谷川": "hasegawa", "藤田": "fujita", "後藤": "goto", "近藤": "kondo",
    "村上": "murakami", "遠藤": "endo", "青木": "aoki", "坂本": "sakamoto", "福田": "fukuda", "太田": "ota",
    "西村": "nishimura", "藤井": "fujii", "金子": "kaneko", "岡本": "okamoto", "藤原": "fujiwara", "中野": "nakano",
    "三浦": "miura", "原田": "harada", "中川": "nakagawa", "松田": "matsuda", "竹内": "takeuchi", "小野": "ono",
    "田村": "tamura", "中山": "nakayama", "和田": "wada", "石田": "ishida", "森田": "morita", "上田": "ueda",
    "太郎": "taro", "次郎": "jiro", "一郎": "ichiro", "花子": "hanako", "美咲": "misaki", "陽子": "yoko",
    "恵子": "keiko", "明美": "akemi", "由美": "yumi", "裕子": "yuko", "洋子": "yoko", "健一": "kenichi",
    "大輔": "daisuke", "拓也": "takuya", "翔太": "shota", "直樹": "naoki", "和也": "kazuya", "美穂": "miho",
    "さくら": "sakura", "真由美": "mayumi", "智子": "tomoko", "幸子": "sachiko", "京子": "kyoko", "愛": "ai",
    "大野": "ohno", "小山": "koyama", "菅原": "sugawara", "武田": "takeda", "上野": "ueno", "杉山": "sugiyama",
    "千葉": "chiba", "村田": "murata", "増田": "masuda", "小島": "kojima", "桜井": "sakurai", "平野": "hirano",
    "大塚": "otsuka", "久保": "kubo", "松井": "matsui", "岩崎": "iwasaki", "野口": "noguchi", "菊地": "kikuchi",
    "菊池": "kikuchi", "木下": "kinoshita", "佐野": "sano", "野村": "nomura", "新井": "arai", "渡部": "watanabe",
    "古川": "furukawa", "浜田": "hamada", "市川": "ichikawa", "小松": "komatsu", "高木": "takagi", "今井": "imai",
    "河野": "kono", "藤本": "fujimoto", "丸山": "maruyama", "安藤": "ando", "宮崎": "miyazaki", "島田": "shimada",
    "水野": "mizuno", "酒井": "sakai", "柴田": "shibata", "工藤": "kudo", "横山": "yokoyama", "宮本": "miyamoto",
    "内田": "uchida", "高田": "takada", "大西": "onishi", "土屋": "tsuchiya", "谷口": "taniguchi", "中田": "nakata",
    "川口": "kawaguchi", "大谷": "otani", "吉川": "yoshikawa", "山内": "yamauchi", "永井": "nagai", "松尾": "matsuo",
    "西田": "nishida", "服部": "hattori", "岩田": "iwata", "樋口": "higuchi", "望月": "mochizuki", "川崎": "kawasaki",
    "北村": "kitamura", "安田": "yasuda", "熊谷": "kumagai", "飯田": "iida", "松原": "matsubara", "矢野": "yano",
    "本田": "honda", "大島": "oshima", "荒木": "araki", "早川": "hayakawa", "星野": "hoshino", "小野寺": "onodera",
    "大久保": "okubo", "純子": "junko", "順子": "junko", "健太": "kenta", "健二": "kenji", "健司": "kenji",
    "賢治": "kenji", "真司": "shinji", "慎二": "shinji", "由美子": "yumiko", "久美子": "kumiko",
    "直美": "naomi", "美香": "mika", "香織": "kaori", "優子": "yuko", "祐子": "yuko",
    "和子": "kazuko", "久子": "hisako", "節子": "setsuko",
    "弘子": "hiroko", "博子": "hiroko", "典子": "noriko", "紀子": "noriko", "雅子": "masako", "正子": "masako",
    "文子": "fumiko", "千代子": "chiyoko", "美智子": "michiko", "悦子": "etsuko", "良子": "ryoko", "涼子": "ryoko",
    "恵美": "emi", "絵美": "emi", "真理子": "mariko", "麻衣": "mai", "愛子": "aiko", "陽菜": "hina", "結衣": "yui",
    "七海": "nanami", "美月": "mizuki", "浩二": "koji", "浩司": "koji", "浩一": "koichi", "隆之": "takayuki",
    "博之": "hiroyuki", "雅之": "masayuki", "和夫": "kazuo", "正夫": "masao", "幸雄": "yukio", "達也": "tatsuya",
    "哲也": "tetsuya", "秀樹": "hideki", "正樹": "masaki", "大樹": "daiki", "陽翔": "haruto", "悠斗": "yuto",
    "健太郎": "kentaro", "裕太": "yuta", "雄太": "yuta", "大介": "daisuke", "洋介": "yosuke", "洋平": "yohei",
}  # fmt: skip
_JAPANESE_NAME = re.compile("|".join(sorted((name for name in _JAPANESE if len(name) > 1), key=len, reverse=True)))

# The nine scripts of India from U+0900 to U+0D7F have one layout, 128 code points each (Unicode, chapter 12).
_CONSONANTS = [
    "k",
    "kh",
    "g",
    "gh",
    "n",
    "ch",
    "chh",
    "j",
    "jh",
    "n",
    "t",
    "th",
    "d",
    "dh",
    "n",
    "t",
    "th",
    "d",
    "dh",
    "n",
    "n",
    "p",
    "ph",
    "b",
    "bh",
    "m",
    "y",
    "r",
    "r",
    "l",
    "l",
    "l",
    "v",
    "sh",
    "sh",
    "s",
    "h",
]  # offset 0x15 on
_VOWELS = ["a", "a", "i", "i", "u", "u", "ri", "l", "e", "e", "e", "ai", "o", "o", "o", "au"]  # offset 0x05 on
_SIGNS = ["a", "i", "i", "u", "u", "ri", "ri", "e", "e", "e", "ai", "o", "o", "o", "au"]  # offset 0x3E on
_VIRAMA = 0x4D
_SONORANT = frozenset({0x23, 0x28, 0x2E, 0x2F, 0x30, 0x32, 0x35})  # n at its two places, m, y, r, l, v
_SSA = 0x37
LEAST_CLUSTER = 3

# Unpointed letters: shin, and vav as the vowel it mostly is; two of them are v (Hebrew Academy, 2006).
_HEBREW_SIGNS = {
    "א": "", "ב": "b", "ג": "g", "ד": "d", "ה": "h", "ו": "w", "ז": "z", "ח": "h", "ט": "t", "י": "y", "ך": "k",
    "כ": "k", "ל": "l", "ם": "m", "מ": "m", "ן": "n", "נ": "n", "ס": "s", "ע": "", "ף": "p", "פ": "p",
    "ץ": "ts", "צ": "ts", "ק": "k", "ר": "r", "ש": "sh", "ת": "t",
}  # fmt: skip

_TAMIL = (
    (re.compile("(?<=[aeiou])k(?=[aeiou])|(?<=n)k"), "g"), (re.compile("(?<=[aeiou])t(?=[aeiou])|(?<=n)th?"), "d"),
    (re.compile("(?<=m)p"), "b"), (re.compile("(?<![ckt])ch(?!ch)"), "s"),
)  # fmt: skip

# Consonants (Royal Thai General System, 1999); vowels are left out, as each hand writes its own.
_THAI_CONSONANTS = {
    "ก": "k", "ข": "kh", "ฃ": "kh", "ค": "kh", "ฅ": "kh", "ฆ": "kh", "ง": "ng", "จ": "ch", "ฉ": "ch", "ช": "ch",
    "ซ": "s", "ฌ": "ch", "ญ": "y", "ฎ": "d", "ฏ": "t", "ฐ": "th", "ฑ": "th", "ฒ": "th", "ณ": "n", "ด": "d",
    "ต": "t", "ถ": "th", "ท": "th", "ธ": "th", "น": "n", "บ": "b", "ป": "p", "ผ": "ph", "ฝ": "f", "พ": "ph",
    "ฟ": "f", "ภ": "ph", "ม": "m", "ย": "y", "ร": "r", "ฤ": "r", "ล": "l", "ฦ": "l", "ว": "w", "ศ": "s",
    "ษ": "s", "ส": "s", "ห": "h", "ฬ": "l", "อ": "", "ฮ": "h",
}  # fmt: skip
_THAI_SILENT = re.compile("[\u0e01-\u0e2e][\u0e31-\u0e3a]?\u0e4c")
# Of several consonants under one silencing sign the first ends the syllable, and none of the others is spoken; it does
# so after a short a or e with its sign, before t and r, and as the n of -nchan.
_THAI_ENDED = re.compile(
    "(?<=[\u0e31\u0e47])([\u0e01-\u0e2e])[\u0e01-\u0e2e]+\u0e4c|([\u0e01-\u0e2e])[\u0e15\u0e17]\u0e23\u0e4c|(\u0e0d)\u0e08\u0e19\u0e4c"
)
_THAI_YO = re.compile("\u0e0d(?![\u0e30-\u0e3a\u0e45\u0e47-\u0e4b])")  # ends a syllable: n
_THAI_LO = re.compile("(?<=.)\u0e25$")  # at the end spoken n and written either way, see spellings
_THAI_RO = re.compile(
    "(?<=[\u0e01-\u0e2e])ร(?![\u0e30-\u0e45])(?=[\u0e01-\u0e2e\u0e40-\u0e44]|$)"
)  # ends a syllable: n

_GREEK_PAIRS = (
    (re.compile("^μπ"), "b"), (re.compile("^ντ"), "d"), (re.compile("^γκ"), "g"), (re.compile("γγ|γκ"), "ng"),
    (re.compile("γχ"), "nch"), (re.compile("ου"), "ou"), (re.compile("ευ(?=[αεηιουωβγδζλμνρ])"), "ev"),
    (re.compile("αυ(?=[αεηιουωβγδζλμνρ])"), "av"),
    (re.compile("ευ(?!\u0308)"), "ef"), (re.compile("αυ(?!\u0308)"), "af"),
)  # fmt: skip

_ARABIC_SIGNS = str.maketrans({"ة": None, "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ا", "ئ": "ي", "ؤ": "و", "ـ": None})


def respelled(name: str) -> str:
    """Returns a name that is not ASCII with the parts named above in Latin letters; all other signs as they are."""
    name = _ARABIC.sub(_arabic, name)
    name = _HEBREW.sub(lambda found: _hebrew(found[0]), name)
    name = _GREEK.sub(lambda found: _greek(found[0]), name)
    name = _INDIC.sub(lambda found: indic(found[0]), name)
    name = _JAPANESE_NAME.sub(lambda found: f" {_JAPANESE[found[0]]} ", name)
    name = _HANGUL_START.sub(lambda found: f" {_KOREAN.get(found[1], found[1])} ", name)
    return _SYLLABLE.sub(lambda found: f" {_closed(found[1])} ", name)


def _closed(sign: str) -> str:
    """Returns a Hangul syllable that ends in a stop in Latin letters, k, t or p; another sign as it is."""
    if sign == "\uc6b0":
        return "woo"  # not the initial that "u" would be
    stop = _HANGUL_STOPS.get((ord(sign) - 0xAC00) % 28) if "\uac00" <= sign <= "\ud7a3" else None
    return anyascii(chr(ord(sign) - (ord(sign) - 0xAC00) % 28)).lower() + stop if stop else sign


def _arabic(found: re.Match[str]) -> str:
    word = found[0].translate(_ARABIC_SIGNS)
    return f"al {word[2:]}" if word.startswith("ال") and len(word) > 4 else word


def _hebrew(word: str) -> str:
    word = re.sub("^ו|וו", "v", word)
    return "".join(_HEBREW_SIGNS.get(sign, sign) for sign in word)


def _tamil(word: str) -> str:
    """Returns a Tamil word with its stops voiced between vowels and after nasals, which the script leaves unsaid."""
    for pattern, spoken in _TAMIL:
        word = pattern.sub(spoken, word)
    return word


def is_thai(name: str) -> bool:
    """Whether a name holds a Thai letter."""
    return not name.isascii() and bool(_THAI.search(name))


def thai_consonants(name: str) -> str:
    """Returns a name with its Thai words as their consonants, in Latin letters, to be compared with Latin spellings.

    Each hand writes the vowels its own way, but two Thai words may differ in them alone.
    """
    return _THAI.sub(lambda found: _thai(found[0]), name)


def _thai(word: str) -> str:
    """Returns the consonants; one under the silencing sign is not spoken."""
    word = _THAI_RO.sub("น", _THAI_SILENT.sub("", _THAI_ENDED.sub(r"\1\2\3", word)))
    word = _THAI_LO.sub("ln", _THAI_YO.sub("น", word))
    return "".join(_THAI_CONSONANTS.get(sign, sign if sign.isascii() else "") for sign in word)


def _greek(word: str) -> str:
    """Returns a word with its pairs of letters as they are spoken; at the start μπ, ντ and γκ are b, d and g."""
    plain = unicodedata.normalize("NFD", word.lower())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign) or sign == "\u0308")
    for pair, spoken in _GREEK_PAIRS:
        plain = pair.sub(spoken, plain)
    return plain.replace("\u0308", "")


def indic(word: str) -> str:
    """Returns a word of an Indic script in Latin letters; the vowel within a consonant is spoken, but not at the end.

    Signs without a place in the common layout are left out.
    """
    found: list[str] = []
    open_vowel = False  # a consonant stands last, its vowel not yet said
    word = word.replace("ज्ञ", "ग्य")  # as it is spoken
    for sign in word:
        offset = (ord(sign) - 0x0900) % 0x80
        if 0x15 <= offset <= 0x39:
            found.append(("a" if open_vowel else "") + _CONSONANTS[offset - 0x15])
            open_vowel = True
        elif 0x3E <= offset <= 0x4C:
            found.append(_SIGNS[offset - 0x3E])
            open_vowel = False
        elif offset == _VIRAMA:
            open_vowel = False
        elif 0x05 <= offset <= 0x14:
            found.append(("a" if open_vowel else "") + _VOWELS[offset - 0x05])
            open_vowel = False
        elif offset in (0x01, 0x02):
            found.append(("a" if open_vowel else "") + "n")
            open_vowel = False
    if "\u0b80" <= word[0] <= "\u0bff":
        return _tamil("".join(found))
    if open_vowel and len(word) > LEAST_CLUSTER and (ord(word[-2]) - 0x0900) % 0x80 == _VIRAMA:
        before, last = ((ord(sign) - 0x0900) % 0x80 for sign in (word[-3], word[-1]))
        if before != last and (last in _SONORANT or before == _SSA):
            found.append("a")  # spoken after these: Mishra, Shrestha; not in Anand, Dutt
    return "".join(found)
