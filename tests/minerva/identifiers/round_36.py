"""Phones and addresses told in ways found missing in the thirty-sixth round of texts not seen before, with what looks
like them and is none."""

from __future__ import annotations

ADDRESSES = {
    "at glued to a provider": ("email oakandtiles atgmail.com", "oakandtiles@gmail.com"),
    "at and dot glued": ("email oakandtiles atgmail dotcom", "oakandtiles@gmail.com"),
    "drawn out": ("boss lady is  oaktiles AATT gmail DDOTT com", "oaktiles@gmail.com"),
    "many dots between": ("Resumes oak.tiles.....at.....outlook.....dot.....com", "oak.tiles@outlook.com"),
    "a provider that lost its dot": ("33 rpm. oaktiles @ sapo pt", "oaktiles@sapo.pt"),
    "digits apart behind a name": ("id is oaktiles 2 0 4 at the rate yahoo dot co dot in", "oaktiles204@yahoo.co.in"),
    "an office and dots apart": ("cv to jobs@ oaktiles . co . za (no spaces)", "jobs@oaktiles.co.za"),
}
NO_ADDRESSES = {
    "jobs at a place": ("jobs at mill. co. in town",),
}
NUMBERS = {
    "and then": ("price 38k. 99620 and then 71845", "IN", "+919962071845"),
    "an area code behind": ("8 reais cada, 9 9146 2073 ddd 31", "BR", "+5531991462073"),
    "Korean, a vowel for a dash": ("12만원 010 ㅡ 3삼9이 ㅡ 06오7", "KR", "+821033920657"),
    "two commas": ("certified,, 770,,519,,4483", "US", "+17705194483"),
    "a letter for a zero behind a word": ("fivefourone 3o8 nineo22", "US", "+15413089022"),
}
NO_NUMBERS = {
    "a reference in three groups": ("paid na po, ref no. 9012 448 371266, 1,250.00 php", "PH"),
    "scores": ("won 3-2 and then 21-19, 18-21, 15-13 in the final", "TH"),
}
