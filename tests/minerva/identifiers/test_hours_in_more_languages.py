"""Opening hours as lists of days and times state them in many languages, and what looks like them and is none."""

from __future__ import annotations

import pytest

from minerva.identifiers import extract

STATED = {
    "initials of days": ("US", "Hours: M-F 9a-9p, Sat & Sun 10a-6p", ["Mo-Fr 09:00-21:00", "Sa-Su 10:00-18:00"]),
    "German": (
        "DE", "Mo. bis Fr. von 9 bis 18 Uhr, Sa 10-14 Uhr, So geschlossen", ["Mo-Fr 09:00-18:00", "Sa 10:00-14:00"],
    ),
    "two ranges of a day": (
        "ES", "de lunes a viernes de 9:00 a 14:00 y de 16:00 a 20:00", ["Mo-Fr 09:00-14:00", "Mo-Fr 16:00-20:00"],
    ),
    "two ranges, French": ("FR", "Ouvert du mardi au samedi 10h-12h / 14h-19h",
                           ["Tu-Sa 10:00-12:00", "Tu-Sa 14:00-19:00"]),
    "two ranges, Italian": ("IT", "Orari: lun-ven 9-13 e 15-19, sab 9-13",
                            ["Mo-Fr 09:00-13:00", "Mo-Fr 15:00-19:00", "Sa 09:00-13:00"]),
    "single days": ("DE", "Geöffnet zwischen 9 und 17 Uhr, Mo/Mi/Fr", ["Mo,We,Fr 09:00-17:00"]),
    "a list of days": ("GB", "Mon, Wed & Fri 9-12, Tue and Thu 2pm-8pm", ["Mo,We,Fr 09:00-12:00", "Tu,Th 14:00-20:00"]),
    "days behind": ("GB", "10am-6pm Mon-Fri, 11-4 Sat", ["Mo-Fr 10:00-18:00", "Sa 11:00-16:00"]),
    "every day behind": ("AU", "7am til 9pm 7 days", ["Mo-Su 07:00-21:00"]),
    "between": ("US", "between 9 and 17 every day we are open", ["Mo-Su 09:00-17:00"]),
    "weekends": ("GB", "Weekends 11-5", ["Sa-Su 11:00-17:00"]),
    "a word before": ("GB", "open 9-5 every day", ["Mo-Su 09:00-17:00"]),
    "lines": ("US", "Mon 10-6, open\nTue 10-6\nWed closed\nThu 10-8",
              ["Mo 10:00-18:00", "Tu 10:00-18:00", "Th 10:00-20:00"]),
    "names of times": ("US", "Open noon to midnight", ["12:00-00:00"]),
    "names of times, French": ("FR", "de 10h à minuit", ["10:00-00:00"]),
    "short days behind a word": ("DE", "Öffnungszeiten Mo 9-12, Di 14-18", ["Mo 09:00-12:00", "Tu 14:00-18:00"]),
    "dots": ("DE", "Mo - Do 8.00 - 12.00 Uhr u. 13.00 - 16.30 Uhr", ["Mo-Th 08:00-12:00", "Mo-Th 13:00-16:30"]),
    "Chinese": ("CN", "营业时间：周一至周五9:00-18:00，周六周日10:00-16:00",
                ["Mo-Fr 09:00-18:00", "Sa-Su 10:00-16:00"]),
    "Japanese": ("JP", "営業時間 月曜日〜金曜日 10時〜18時、土日 11:00〜17:00",
                 ["Mo-Fr 10:00-18:00", "Sa-Su 11:00-17:00"]),
    "Korean": ("KR", "영업시간 월요일~금요일 오전 9시~오후 6시", ["Mo-Fr 09:00-18:00"]),
    "Thai": ("TH", "เปิดทุกวัน 9.00-18.00 น.", ["Mo-Su 09:00-18:00"]),
    "Vietnamese": ("VN", "Giờ mở cửa: 8h30 đến 21h hàng ngày", ["Mo-Su 08:30-21:00"]),
    "Greek": ("GR", "Ωράριο: Δευτέρα - Παρασκευή 9:00-17:00", ["Mo-Fr 09:00-17:00"]),
    "Russian": ("RU", "График: по будням с 10:00 до 19:00, выходные 11-16", ["Mo-Fr 10:00-19:00", "Sa-Su 11:00-16:00"]),
    "Czech": ("CZ", "Otevřeno Po-Pá 8:00-12:00, 13:00-17:00", ["Mo-Fr 08:00-12:00", "Mo-Fr 13:00-17:00"]),
    "Hungarian": ("HU", "Nyitva: H-P 9-17, Szo 9-13", ["Mo-Fr 09:00-17:00", "Sa 09:00-13:00"]),
    "Swedish": ("SE", "Öppet: vardagar kl. 10-18, lördag 10-15", ["Mo-Fr 10:00-18:00", "Sa 10:00-15:00"]),
    "Portuguese": ("BR", "Atendimento de seg a sex das 8h às 18h, sáb 9h às 13h",
                   ["Mo-Fr 08:00-18:00", "Sa 09:00-13:00"]),
    "Polish": ("PL", "Godziny otwarcia: pon.-pt. 9-17, sob. 10-14, niedz. nieczynne",
               ["Mo-Fr 09:00-17:00", "Sa 10:00-14:00"]),
    "Polish, no days": ("PL", "czynne w godz. 8-16", ["08:00-16:00"]),
    "Turkish": ("TR", "hafta içi 09:00-18:00, cumartesi 10:00-16:00", ["Mo-Fr 09:00-18:00", "Sa 10:00-16:00"]),
    "Indonesian": ("ID", "Buka senin - jumat jam 08.00 - 17.00", ["Mo-Fr 08:00-17:00"]),
    "Dutch": ("NL", "Open ma t/m vr van 9.00 tot 17.00 uur", ["Mo-Fr 09:00-17:00"]),
    "Argentine hours": ("AR", "Atiendo de 9 a 18 hs", ["09:00-18:00"]),
    "all hours in words": ("DE", "rund um die Uhr erreichbar", ["24/7"]),
    "all hours behind a word": ("US", "open 24 hours", ["24/7"]),
}  # fmt: skip
NONE = {
    "two appointments": ("US", "I am free 10:30 and 14:15 for a showing"),
    "people": ("US", "call 10-2 for 3-4 people"),
    "hours of notice": ("US", "24 hours notice please"),
    "a verb": ("GB", "he sat 9-5 in the office"),
    "a month and a range": ("US", "$20/mo 5-15 people"),
    "scores": ("US", "score 3-4, room 9-12, ages 6-12"),
    "a score on a day": ("GB", "won 5-3 on Monday"),
    "dates": ("DE", "Am 3.4. - 5.6. geschlossen"),
    "sizes and money": ("DE", "Zimmer 12-14 qm, Fr 200-300"),
    "minutes": ("US", "bus 10-15 min, 2-3 bedrooms"),
}


@pytest.mark.parametrize(("region", "text", "hours"), STATED.values(), ids=list(STATED))
def test_hours_are_read_with_their_days(region: str, text: str, hours: list[str]) -> None:
    assert [item.value for item in extract(text, kinds=["opening_hours"], region=region)] == hours


@pytest.mark.parametrize(("region", "text"), NONE.values(), ids=list(NONE))
def test_other_ranges_are_no_hours(region: str, text: str) -> None:
    assert [item.value for item in extract(text, kinds=["opening_hours"], region=region)] == []
