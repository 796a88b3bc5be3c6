"""Names in scripts that a letter-by-letter table reads badly: syllables parted, vowels that are spoken but not written.

Owns what is done before the general table (anyascii): Han and Hangul signs become words of their own, Japanese family
names get their reading, Indic letters their inherent vowel, Arabic its article and silent signs.
"""

from __future__ import annotations

import re

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_HANGUL = "\uac00-\ud7a3"
_SYLLABLE = re.compile(f"([{_HAN}{_HANGUL}])")
_HANGUL_START = re.compile(f"(?<![{_HANGUL}])([{_HANGUL}])(?=[{_HANGUL}\\s])")
_INDIC = re.compile("[\u0900-\u0d7f]+")
_ARABIC = re.compile("[\u0600-\u06ff]+")

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

_ARABIC_SIGNS = str.maketrans({"ة": None, "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ا", "ئ": "ي", "ؤ": "و", "ـ": None})


def respelled(name: str) -> str:
    """Returns a name that is not ASCII with the parts named above in Latin letters; all other signs as they are."""
    name = _ARABIC.sub(_arabic, name)
    name = _INDIC.sub(lambda found: indic(found[0]), name)
    name = _JAPANESE_NAME.sub(lambda found: f" {_JAPANESE[found[0]]} ", name)
    name = _HANGUL_START.sub(lambda found: f" {_KOREAN.get(found[1], found[1])} ", name)
    return _SYLLABLE.sub(r" \1 ", name)


def _arabic(found: re.Match[str]) -> str:
    word = found[0].translate(_ARABIC_SIGNS)
    return f"al {word[2:]}" if word.startswith("ال") and len(word) > 4 else word


def indic(word: str) -> str:
    """Returns a word of an Indic script in Latin letters; the vowel within a consonant is spoken, but not at the end.

    Signs without a place in the common layout are left out.
    """
    found: list[str] = []
    open_vowel = False  # a consonant stands last, its vowel not yet said
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
    return "".join(found)
