"""Usernames that a phrase of some language tells right behind a platform's word, in brackets, of several platforms at
once or with signs apart, found missing in ads of a twelfth writer's generator; those that sentences tell; and what
looks like them."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract
from tests.minerva.work import lines_run

TOLD = {
    "in brackets, a sign": ("Best way: @oak_tiles7 (on youtube)", ["youtube/oak_tiles7"]),
    "in brackets, a picture": ("👻 oaktiles.tunes (snap)", ["snapchat/oaktiles.tunes"]),
    "a name in brackets": ("You can reach us on Facebook (oaktilesroom). Sunny", ["facebook/oaktilesroom"]),
    "on both": ("I'm oaktiles247 on both instagram and telegram.", ["instagram/oaktiles247", "telegram/oaktiles247"]),
    "the same on each": (
        "ig, snap and tiktok, same name on each: oak.tiles429",
        ["instagram/oak.tiles429", "snapchat/oak.tiles429", "tiktok/oak.tiles429"],
    ),
    "signs apart": ("tiktok: tom _ tiles _ 177 (write it so)", ["tiktok/tom_tiles_177"]),
    "dots apart at the end": ("Instagram name is oak . tiles7, all lower case.", ["instagram/oak.tiles7"]),
    "the end of a sentence": ("insta: oaktiles . hello, write soon", ["instagram/oaktiles"]),
    "a letter of Cyrillic": ("тelegram: Oak_Tiles_660", ["telegram/oak_tiles_660"]),
    "a letter of Greek": ("ιnstagram - oak.tiles_170", ["instagram/oak.tiles_170"]),
    "the platform's own picture": ("Add me on snap 👻 oak-tiles", ["snapchat/oak-tiles"]),
    "a name, German": ("Telegram-Name: oaktilesroom", ["telegram/oaktilesroom"]),
    "found as, German": ("Bei Signal findet man mich als oak_tiles.41 ", ["signal/oak_tiles.41"]),
    "called, German": ("Mein Discord-Name lautet oak.tiles92.", ["discord/oak.tiles92"]),
    "found as, Spanish": ("En Facebook me encuentras como oaktiles.", ["facebook/oaktiles"]),
    "look for, Portuguese": ("No Facebook procure por oak.tiles.", ["facebook/oak.tiles"]),
    "I am, Portuguese": ("No TikTok eu sou oak.tiles_128.", ["tiktok/oak.tiles_128"]),
    "of a shop, Portuguese": ("Insta do ateliê » oaktilescorner | Alugo", ["instagram/oaktilescorner"]),
    "called, Italian": ("Su Facebook mi chiamo oaktiles.", ["facebook/oaktiles"]),
    "it is, French": ("Sur Discord, c'est oak_tiles99.", ["discord/oak_tiles99"]),
    "a page, French": ("Ma page Facebook s'appelle oaktiles.", ["facebook/oaktiles"]),
    "a name, Turkish": ("Telegram kullanıcı adım oaktilesleaf\nSakin", ["telegram/oaktilesleaf"]),
    "found as, Turkish": ("Facebook'ta beni oak.tiles olarak bulursunuz.", ["facebook/oak.tiles"]),
    "my name, Indonesian": ("Di TikTok nama saya oaktiles.", ["tiktok/oaktiles"]),
    "add, Indonesian": ("Add line oaktiles untuk tanya jadwal.", ["line/oaktiles"]),
    "a user, Polish": ("Telegram – użytkownik oak_tiles79", ["telegram/oak_tiles79"]),
    "look for, Polish": ("Na Facebooku szukaj oaktiles7.", ["facebook/oaktiles7"]),
    "called, Russian": ("В ТикТоке меня зовут oak_tiles.", ["tiktok/oak_tiles"]),
    "an id, Japanese": ("カカオのIDは oaktiles です。", ["kakaotalk/oaktiles"]),
    "a name, Japanese": ("TikTokでは oak_tiles184 という名前です。", ["tiktok/oak_tiles184"]),
    "an id, Korean": ("텔레 아이디 oaktiles 로 문의 주세요.", ["telegram/oaktiles"]),
    "an id, Chinese": ("我的LINE ID是 oaktiles，随时可以问。", ["line/oaktiles"]),
    "a name, Thai": ("เฟซบุ๊กชื่อ oaktiles ค่ะ", ["facebook/oaktiles"]),
}  # fmt: skip
NOTHING = {
    "none, Polish": "Instagram: brak.",
    "none, Turkish": "Instagram: yok.",
    "none, Italian": "Instagram: nessuno.",
    "a rule of style sheets": "The line @font-face { src: local } confuses everyone",
    "what somebody is": "En TikTok soy famosa.",
    "a person": "Su Facebook mi chiamo Martina.",
    "a remark in brackets": "Facebook (marketplace) only",
    "an ordinary word in brackets": "@5pm (on time)",
    "persons on several": "I'm always on instagram and snapchat. We're active on both facebook and instagram.",
    "a picture of prose": "\U0001f525 trending (tiktok) \U0001f4f8 pictures (instagram)",
    "what is on a page, French": "Sur Instagram, cherche modele photo.",
    "what is looked for, Polish": "Na Facebooku szukaj ogloszenia.",
    "me, Turkish": "Instagram beni takipte.",
    "a topic, Japanese": "TikTokでは trending が人気",
    "who is looked for, Portuguese": "No Facebook procuro por apartamentos.",
    "a state behind a phrase": "Telegram channel is temporarily closed, my facebook name is forgotten.",
}  # fmt: skip


@pytest.mark.parametrize(("text", "names"), TOLD.values(), ids=list(TOLD))
def test_a_name_is_read(text: str, names: list[str]) -> None:
    assert sorted(item.value for item in extract(text, kinds=["username"])) == names


@pytest.mark.parametrize("text", NOTHING.values(), ids=list(NOTHING))
def test_other_words_are_no_names(text: str) -> None:
    assert [item.value for item in extract(text, kinds=["username"])] == []


@pytest.mark.parametrize("fragment", ["snap name: ", "@a (", "insta and ", "id是", " _ a", "nama saya "])
def test_reading_long_texts_takes_linear_time(fragment: str) -> None:
    def steps(size: int) -> int:
        return lines_run(lambda: list(extract(fragment * size, kinds=["username"])))

    assert steps(1_200) < 2.5 * steps(600) + 2_000


SENTENCES = {
    "Croatian, capitals": ("Nađi me na Telegram kao ORCHARDLANE", ["telegram/orchardlane"]),
    "Croatian, declined": ("Nađi me na Instagramu kao oak_tiles", ["instagram/oak_tiles"]),
    "Serbian": ("Нађи ме на Телеграму као oak_tiles", ["telegram/oak_tiles"]),
    "Slovak": ("Nájdeš ma na IG ako mothlane", ["instagram/mothlane"]),
    "Slovene": ("Najdeš me na Instagram kot mothlane", ["instagram/mothlane"]),
    "Czech": ("Najdeš mě na IG jako mothlane", ["instagram/mothlane"]),
    "Polish": ("Znajdź mnie na TikTok jako mothlane", ["tiktok/mothlane"]),
    "Bulgarian": ("Намери ме в Instagram като mothlane", ["instagram/mothlane"]),
    "Ukrainian": ("Знайди мене в Telegram як mothlane", ["telegram/mothlane"]),
    "Russian": ("Найди меня в Telegram под именем mothlane", ["telegram/mothlane"]),
    "Lithuanian": ("Rask mane Instagram kaip mothlane", ["instagram/mothlane"]),
    "Latvian": ("Atrodi mani Telegram kā mothlane", ["telegram/mothlane"]),
    "Estonian": ("Leiad mind: Discord, nimi mothlane", ["discord/mothlane"]),
    "Finnish": ("Löydät minut: TG, nimellä mothlane", ["telegram/mothlane"]),
    "Greek": ("Βρες με στο Instagram ως mothlane", ["instagram/mothlane"]),
    "Romanian": ("Mă găsești pe Snapchat ca mothlane", ["snapchat/mothlane"]),
    "Dutch": ("Je vindt me op TikTok als mothlane", ["tiktok/mothlane"]),
    "Swedish": ("Du hittar mig på Snapchat som mothlane", ["snapchat/mothlane"]),
    "Norwegian": ("Du finner meg på Snapchat som mothlane", ["snapchat/mothlane"]),
    "Danish": ("Du finder mig på Snapchat som mothlane", ["snapchat/mothlane"]),
    "Icelandic": ("Þú finnur mig á skype sem mothlane.", ["skype/mothlane"]),
    "Albanian, capitals": ("Më gjen në tik tok si MOTHLANEX", ["tiktok/mothlanex"]),
    "Hungarian": ("Megtalálsz a onlyfans oldalon, nevem: mothlane", ["onlyfans/mothlane"]),
    "Hungarian, behind": ("Keress Telegramon moth_lane néven", ["telegram/moth_lane"]),
    "Indonesian": ("Cari saya di Telegram dengan nama mothlane", ["telegram/mothlane"]),
    "Vietnamese": ("Tìm mình trên Instagram với tên mothlane", ["instagram/mothlane"]),
    "Tagalog": ("Hanapin mo ako sa Instagram bilang mothlane", ["instagram/mothlane"]),
    "Swahili": ("Nitafute kwenye tik tok kwa jina @mothlane", ["tiktok/mothlane"]),
    "Spanish": ("Estoy en discord, usuario mothlane", ["discord/mothlane"]),
    "French": ("Je suis sur Snapchat, pseudo mothlane", ["snapchat/mothlane"]),
    "Turkish": ("Beni TG üzerinde mothlane adıyla bul", ["telegram/mothlane"]),
    "Turkish, declined": ("Beni Instagram'da moth_lane olarak bul", ["instagram/moth_lane"]),
    "Armenian": ("Գտեք ինձ IG հարթակում mothlane անունով", ["instagram/mothlane"]),
    "Georgian": ("მიპოვე Telegram-ზე mothlane სახელით", ["telegram/mothlane"]),
    "Hindi": ("मुझे tg पर mothlane नाम से खोजें", ["telegram/mothlane"]),
    "Urdu": ("مجھے Snap پر moth_lane کے نام سے تلاش کریں", ["snapchat/moth_lane"]),
    "Urdu, my": ("میرا انسٹا: moth.lane", ["instagram/moth.lane"]),
    "Persian, my": ("اینستاگرام من: moth_lane", ["instagram/moth_lane"]),
    "Persian, my, Latin letters": ("discord من: mothlane", ["discord/mothlane"]),
    "Hebrew": ("מצאו אותי בטלגרם בשם mothlane", ["telegram/mothlane"]),
    "Hebrew, a hyphen": ("חפשו אותי ב-Telegram בשם mothlane", ["telegram/mothlane"]),
    "Arabic": ("ابحث عني في انستغرام باسم mothlane", ["instagram/mothlane"]),
    "Bengali": ("আমাকে Telegram এ mothlane নামে খুঁজুন", ["telegram/mothlane"]),
    "Amharic": ("በ Telegram ላይ moth_lane በሚል ስም ፈልጉኝ", ["telegram/moth_lane"]),
    "Korean": ("Telegram에서 mothlane 이름으로 찾아주세요", ["telegram/mothlane"]),
    "Japanese": ("Telegramで mothlane という名前で探してください", ["telegram/mothlane"]),
    "Chinese": ("在Telegram上用 moth_lane 找我", ["telegram/moth_lane"]),
    "Thai": ("มาหาใน Telegram ชื่อ mothlane นะ", ["telegram/mothlane"]),
    "capitals alone in a line": ("MOTHLANEDECK on Twitter", ["twitter/mothlanedeck"]),
    "there": ("I post every day on twitter, look for @moth_lane there", ["twitter/moth_lane"]),
    "there, Spanish": ("Publico todo en instagram, busca a @mothlane allí", ["instagram/mothlane"]),
    "there, German": ("Ich poste täglich auf Instagram, sucht dort nach @mothlane", ["instagram/mothlane"]),
    "there, French": ("Je poste sur tiktok, cherche @mothlane là-bas", ["tiktok/mothlane"]),
    "there, Russian": ("Пишу в телеграме, ищите там @mothlane", ["telegram/mothlane"]),
    "a new one": ("my old telegram was hacked, the new one is mothlane", ["telegram/mothlane"]),
    "a new one, Spanish": ("Mi viejo instagram fue hackeado, el nuevo es mothlane", ["instagram/mothlane"]),
    "a new one, German": ("Mein altes Telegram wurde gehackt, das neue ist mothlane", ["telegram/mothlane"]),
    "a new one, French": ("Mon ancien insta a été piraté, le nouveau c'est moth_lane", ["instagram/moth_lane"]),
    "a new one, Russian": ("Старый телеграм взломали, новый: mothlane", ["telegram/mothlane"]),
    "a new one, Polish": ("Mój stary insta został zhakowany, nowy to mothlane", ["instagram/mothlane"]),
    "a new one, Arabic word": ("my old سناب شات was hacked, the new one is moth_lane", ["snapchat/moth_lane"]),
    "a digit in words": ("snapchat: mothlane followed by the digit five", ["snapchat/mothlane5"]),
    "a digit": ("snap: mothlane then the number 7", ["snapchat/mothlane7"]),
    "a digit at the end": ("insta: mothlane plus a 5 at the end", ["instagram/mothlane5"]),
    "a digit at the end, German": ("insta: mothlane mit einer 5 am Ende", ["instagram/mothlane5"]),
    "a digit, French": ("insta: mothlane suivi du chiffre sept", ["instagram/mothlane7"]),
    "a digit, Spanish": ("insta: mothlane seguido del número ocho", ["instagram/mothlane8"]),
    "a digit, Russian": ("инста: mothlane и цифра пять", ["instagram/mothlane5"]),
    "both in brackets": ("[Discord] {mothlane}", ["discord/mothlane"]),
    "pictures around": ("💌Twitter💌 mothlane 💌", ["twitter/mothlane"]),
    "small pictures around": ("💎ig💎 moth_lane 💎", ["instagram/moth_lane"]),
    "a bird and an arrow": ("🐦 👉 @mothlane", ["twitter/mothlane"]),
    "a bird and a colon": ("🐦: @mothlane", ["twitter/mothlane"]),
    "a plane and an arrow": ("✈️ 👉 @moth_lane", ["telegram/moth_lane"]),
    "a bird told": ("the little blue bird: mothlane", ["twitter/mothlane"]),
    "a ghost told": ("yellow ghost app: mothlane 🙂", ["snapchat/mothlane"]),
    "a bird told, Spanish": ("el pajarito azul: mothlane", ["twitter/mothlane"]),
    "a ghost told, Russian": ("жёлтый призрак: mothlane", ["snapchat/mothlane"]),
    "a dot between": ("@mothlane · tt", ["tiktok/mothlane"]),
    "the same on two words": ("ig: moth_lane (same name on tik tok)", ["instagram/moth_lane", "tiktok/moth_lane"]),
    "a link, Chinese dot": ("instagram (点) com/moth_lane", ["instagram/moth_lane"]),
    "a link, German dot": ("t (punkt) me/moth_lane", ["telegram/moth_lane"]),
    "a link, Thai dot": ("instagram (จุด) com/moth_lane", ["instagram/moth_lane"]),
    "a link, Hebrew dot": ("instagram [נקודה] com/moth_lane", ["instagram/moth_lane"]),
    "a link, Russian dot": ("t (точка) me/moth_lane", ["telegram/moth_lane"]),
    "a name that begins as a phrase": ("Aggiungimi su TG silverviolin", ["telegram/silverviolin"]),
    "a marked name that begins as a phrase": ("Find me on TG as asha_lane", ["telegram/asha_lane"]),
    "an id": ("WeChat ID mothlane 🙂", ["wechat/mothlane"]),
}
NO_SENTENCES = (
    "my old car was hacked, the new one is electric",
    "my old phone was stolen, the new one is better, no telegram yet",
    "my telegram was hacked, the new one is coming",
    "my instagram was deleted, new one soon",
    "I walk on twitter street, look for the sign there",
    "Shop on instagram, look for parking there",
    "we are on facebook, search for offers there",
    "Snap, Insta, TikTok: alles gelöscht.",
    "Insta, Snap: todo borrado.",
    "Insta, TikTok: tout supprimé",
    "Instagram: tutto cancellato",
    "IG, TG: wszystko usunięte",
    "Instagram olarak bilinen uygulama",
    "Telegram üzerinde video paylaş",
    "Instagram'da aktif olarak çalışıyorum",
    "I'm on Instagram as photographer",
    "Jestem na Instagramie jako modelka",
    "Sono su Instagram come modella",
    "Estoy en Instagram como modelo",
    "Ich bin auf Instagram als Fotografin",
    "Estoy en Instagram y TikTok",
    "Find me on Facebook as well",
    "find us on Instagram as usual",
    "a little blue bird sat on the fence: beautiful",
    "blue bird: seen yesterday in the park",
    "the yellow ghost: a story",
    "✈️ 👉 @emirates",
    "🐦 👉 birdwatching tours",
    "[Discord] {message}",
    "[Telegram] {username}",
    "[Instagram] (optional)",
    "💌Twitter💌 and more 💌",
    "snap followed by the number of people",
    "a car followed by a truck",
    "silver followed by the digit five",
    "the fox plus a 5 at the end",
    "LINE ID required",
    "WeChat ID please",
    "Skype ID required",
    "google (点) com/search",
    "Mă găsești pe strada Lungă",
    "@anna on the way · tt",
    "@home · tt",
    "BREAKINGNEWS on twitter street",
    "Znajdź mnie na rynku jako przewodnik",
    "Nađi me na trgu",
    "Telegram من: گروه",
    "Telegram 에서 만나요",
    "Telegramで連絡してください",
    "मुझे Telegram पर message करें",
    "Facebook पर like नाम से",
)
"""Prose about platforms, about what was hacked, what stands there, what is followed by what."""


@pytest.mark.parametrize(("text", "names"), SENTENCES.values(), ids=list(SENTENCES))
@pytest.mark.parametrize("around", ["{}", "Room to let, 20 m2.\n{}\nCall me."], ids=["alone", "in a line"])
def test_a_name_is_read_in_a_sentence(text: str, names: list[str], around: str) -> None:
    assert sorted(item.value for item in extract(around.format(text), kinds=["username"])) == names


@pytest.mark.parametrize("text", NO_SENTENCES)
def test_prose_about_platforms_names_nobody(text: str) -> None:
    assert [item.value for item in extract(text, kinds=["username"])] == []


@pytest.mark.parametrize(
    "fragment",
    ["find me on ig as ", "ig hacked, new one ", "ig look for @ab there ", "[ig] {", "a followed by the digit "],
)
def test_reading_long_sentences_takes_linear_time(fragment: str) -> None:
    def steps(size: int) -> int:
        return lines_run(lambda: list(extract(fragment * size, kinds=["username"])))

    assert steps(1_200) < 2.5 * steps(600) + 2_000
