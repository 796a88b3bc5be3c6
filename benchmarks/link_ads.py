"""Invented advertisements from which the weights of texts and of weak signals are learned.

Operators of link_trade.py whose ads are written as such ads are: phrases of the trade, ready-made texts with gaps,
texts that are copied, texts put together anew for each ad; most in large towns, whose name the ad tells; always the
same kinds of contacts. Shares are assumptions about the world, written below as such. No set that link_quality scores
is made by this file.
"""

from __future__ import annotations

from typing import NamedTuple

from benchmarks.link_sample import Row
from benchmarks.link_trade import DAY_S, START, STATED, Operator, Trade

OFTEN = 0.9
"""Share of an operator's ads that state a kind of contact; who does not state a kind states it in none."""
FRESH = (0.0, 0.0, 0.0, 0.2, 0.6)
"""Shares of an operator's ads with a phone of their own: most keep their lines, some change them all the time."""
PHRASES, BY_PHRASES = 60, 0.25
"""Sentences that everybody in the trade writes, and the share of the operators who write each ad anew in them alone."""
FORMS, BY_FORM = 24, 0.2
"""Texts that portals offer ready-made, with gaps, and the share of the operators who fill in one."""
COPIED = 0.35
"""Share of the other operators who copy another's text: half of them one of their town."""
GAPS = 300
"""Words that gaps are filled with: names, hours, prices."""
TYPED = {"{}!!": 0.4, "{}...": 0.4, "{} \u2728": 0.35, "{}\n": 0.3, "({})": 0.2, "#{}": 0.2, "{} |": 0.2,
         "{} ***": 0.15}  # fmt: skip
"""How a word is typed -> share of the writers who have that habit; a copied or ready-made text is typed as it was."""


class Text(NamedTuple):
    """slots: places of the words that change, that of the town first; habits: how one in `rate` of the words is typed.
    words: none for one who writes each ad anew."""

    words: list[str]
    slots: list[int]
    habits: list[str]
    rate: float


class Writer(NamedTuple):
    """An operator as a writer of ads. stated: kinds of contacts; fresh: share of the ads with a phone of their own."""

    who: Operator
    text: Text
    stated: set[str]
    fresh: float


class Ads(Trade):
    """Draws operators one after the other, and their ads alone."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.phrases = [self._sentence() for _ in range(PHRASES)]
        self.forms = [self._composed(self.draw.randrange(2, 7), 0.0) for _ in range(FORMS)]
        self.written: list[Text] = []
        self.written_in: dict[tuple[str, str], Text] = {}

    def ads(self, operators: int) -> tuple[list[Row], dict[str, str]]:
        """Returns (records, record_id -> operator)."""
        rows: list[Row] = []
        owner: dict[str, str] = {}
        for operator in range(operators):
            writer = self._writer()
            last = self.draw.randrange(90)
            for _ in range(min(120, int(1.5 * self.draw.paretovariate(1.2)))):
                last = last if self.draw.random() < 0.5 else self.draw.randrange(90)
                row = self._ad(f"t{len(rows)}", writer, last * DAY_S + self.draw.randrange(2 * DAY_S))
                owner[row["record_id"]] = f"{operator}"
                rows.append(row)
        return rows, owner

    def _writer(self) -> Writer:
        draw = self.draw
        towns = list({self._town(): 0 for _ in range(draw.choice((1, 1, 1, 2, 3)))})
        stated = {kind for kind, share in STATED.items() if draw.random() < share / OFTEN}
        return Writer(self._operator()._replace(towns=towns), self._chosen(towns[0]), stated, draw.choice(FRESH))

    def _town(self) -> tuple[str, str]:
        """Returns a town; the largest has a fifth of all."""
        towns = self.people.towns
        return towns[int(len(towns) * self.draw.random() ** 3)]

    def _chosen(self, town: tuple[str, str]) -> Text:
        """Returns the text of an operator of a town."""
        draw = self.draw
        way = draw.random()
        if way < BY_PHRASES:
            return self._written([])
        if way < BY_PHRASES + BY_FORM:
            return self.forms[int(FORMS * draw.random() ** 2)]
        if self.written and draw.random() < COPIED:
            near = self.written_in.get(town)
            text = near if near and draw.random() < 0.5 else self.written[int(len(self.written) * draw.random() ** 2)]
            return text._replace(slots=self._slots(text.words))
        text = self._composed(draw.randrange(2, 10), draw.choice((0.0, 0.2, 0.5)))
        self.written.append(text)
        self.written_in[town] = text
        return text

    def _composed(self, sentences: int, stock: float) -> Text:
        """Returns a text of sentences, a share `stock` of them phrases of the trade."""
        told = [self._phrase() if self.draw.random() < stock else self._sentence() for _ in range(sentences)]
        return self._written([word for sentence in told for word in sentence])

    def _written(self, words: list[str]) -> Text:
        draw = self.draw
        habits = [each for each, share in TYPED.items() if draw.random() < share]
        return Text(words, self._slots(words) if words else [], habits, draw.choice((0.05, 0.1, 0.2)))

    def _slots(self, words: list[str]) -> list[int]:
        return self.draw.sample(range(len(words)), 2 + len(words) // 15)

    def _phrase(self) -> list[str]:
        return self.phrases[int(PHRASES ** self.draw.random()) - 1]

    def _sentence(self) -> list[str]:
        spoken, draw = self.spoken, self.draw
        return [spoken[int(len(spoken) * draw.random() ** 2)] for _ in range(draw.randrange(5, 13))]

    def _ad(self, record_id: str, writer: Writer, second: int) -> Row:
        draw, who, text = self.draw, writer.who, writer.text
        town = draw.choice(who.towns) if draw.random() < 0.9 else draw.choice(self.people.towns)
        words = list(text.words) or [word for _ in range(draw.randrange(2, 5)) for word in self._phrase()]
        slots = text.slots or draw.sample(range(len(words)), 2)
        words[slots[0]] = town[0]
        for slot in slots[1:]:
            words[slot] = draw.choice(self.spoken[:GAPS])
        if draw.random() < 0.2:  # cut, or with a sentence more
            words = words[: int(len(words) * draw.uniform(0.7, 1.0))] + draw.choices(self.spoken, k=draw.randrange(8))
        row: Row = {"record_id": record_id, "source_id": "ads", "record_type": "ad", "time": START + second}
        row["text"] = self._typed(words, text)
        if draw.random() < 0.9:
            row["city"] = town[0].title()
        row["identifiers"] = [self._contact(kind, writer) for kind in STATED
                              if kind in writer.stated and draw.random() < OFTEN]  # fmt: skip
        if draw.random() < 0.3:
            row["name"] = draw.choice(who.workers).title()
        return row

    def _contact(self, kind: str, writer: Writer) -> str:
        draw, who = self.draw, writer.who
        if kind in who.agency and draw.random() < 0.5:
            return who.agency[kind]
        if kind == "phone" and draw.random() < writer.fresh:
            return f"phone:{self.people.phone()}"
        return self._stated(kind, draw.choice(who.own[kind]))

    def _typed(self, words: list[str], text: Text) -> str:
        draw, habits = self.draw, text.habits
        typed = (draw.choice(habits) if habits and draw.random() < text.rate else "{}" for _ in words)
        return " ".join(form.format(word) for form, word in zip(typed, words, strict=True))
