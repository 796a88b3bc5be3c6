"""Fellegi-Sunter parameters by Splink over the comparisons of linking, whose own code says how far two records agree.

Splink reaches that code through functions of DuckDB, level_<comparison>(row, row). `Model` samples records: u from
random pairs, m by expectation maximization in blocks. `mixture` takes pairs that linking compares: what they share
brought them together, so that random pairs say nothing of the strangers among them, and both sides come from the pairs
themselves. Needs the environment of benchmarks (`build.py bench`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

Pattern = tuple[int, ...]
"""The level of each comparison, -1 where one side does not say."""
Levels = Mapping[str, Sequence[float]]
"""Comparison -> the least value of each of its levels, highest first."""
SMALLEST = 1e-5
ROUNDS, SETTLED = 200, 1e-4


class Sides(NamedTuple):
    """Of one comparison the share of each level among pairs of one holder (m) and of strangers (u)."""

    m: list[float]
    u: list[float]


Shares = Mapping[str, Sides]


def pattern(found: Mapping[str, float], levels: Levels) -> Pattern:
    """Returns the levels reached as places in `levels`."""
    return tuple(
        -1 if found[name] < 0 else next(place for place, least in enumerate(steps) if found[name] >= least)
        for name, steps in levels.items()
    )


def shares(row: Sequence[float]) -> list[float]:
    """Returns numbers as shares of their sum, none zero."""
    return [max(SMALLEST, each / sum(row)) for each in row]


def first_guess(levels: Levels) -> dict[str, Sides]:
    """Returns a start that only says which way agreement points."""
    return {
        name: Sides(shares([3.0 ** (len(steps) - place) for place in range(len(steps))]),
                    shares([3.0**place for place in range(len(steps))]))
        for name, steps in levels.items()
    }  # fmt: skip


def bits(one: float, other: float, most: float) -> float:
    """Returns log2 of one share over the other, at most `most` either way."""
    return round(max(-most, min(most, math.log2(max(SMALLEST, one) / max(SMALLEST, other)))), 1)


def counted(pairs: Iterable[tuple[Pattern, bool]], levels: Levels) -> tuple[float, dict[str, Sides]]:
    """Returns what `mixture` returns, from pairs of which it is known whether they are one holder's."""
    sides = {name: Sides([0.5] * len(steps), [0.5] * len(steps)) for name, steps in levels.items()}
    told = list(sides.values())
    count = hits = 0
    for pattern_, same in pairs:
        count, hits = count + 1, hits + same
        for place, level in enumerate(pattern_):
            if level >= 0:
                (told[place].m if same else told[place].u)[level] += 1.0
    return hits / max(1, count), {name: Sides(shares(each.m), shares(each.u)) for name, each in sides.items()}


class Model:
    """A sample of records. columns: name -> a value of each record, None for none; of: comparison -> the columns
    that it needs, and blocks by one of which cannot tell about it; compare: (place, place) -> pattern."""

    def __init__(
        self,
        levels: Levels,
        of: Mapping[str, Sequence[str]],
        columns: Mapping[str, Sequence[object]],
        compare: Callable[[int, int], Pattern],
    ) -> None:
        import duckdb
        import pyarrow as pa

        size = len(next(iter(columns.values())))
        connection = _connected(duckdb)
        seen: dict[int, Pattern] = {}

        def leveled(place: int) -> Callable[[int, int], int]:
            def level(a: int, b: int) -> int:
                key = a * size + b if a < b else b * size + a
                found = seen.get(key)
                if found is None:
                    found = seen[key] = compare(a, b)
                return found[place]

            return level

        for place, name in enumerate(levels):
            connection.create_function(f"level_{name}", leveled(place), ["BIGINT", "BIGINT"], "INTEGER")
        self._levels = levels
        comparisons = [
            _comparison(name, each, " OR ".join([f"{column}_{side} IS NULL" for column in of[name] for side in "lr"]
                        + [f"level_{name}(row_l, row_r) = -1"]), f"level_{name}(row_l, row_r)")
            for name, each in first_guess(levels).items()
        ]  # fmt: skip
        self._linker = _linker(connection, "dedupe_only", comparisons, [
            pa.table({"unique_id": list(map(str, range(size))), "row": pa.array(range(size), pa.int64()), **columns})
        ])  # fmt: skip

    def learn_chance(self, pairs: float, seed: int) -> None:
        """Learns u from so many random pairs."""
        self._linker.training.estimate_u_using_random_sampling(max_pairs=pairs, seed=seed)

    def learn(self, blocks: Sequence[str], certain: Sequence[str], recall: float) -> None:
        """Learns m. blocks: conditions (SQL) under which pairs are looked at, one after the other; certain: conditions
        that nearly only one holder's records meet, and `recall`, the guessed share of all pairs that meet one."""
        training = self._linker.training
        training.estimate_probability_two_random_records_match(list(certain), recall=recall)
        for block in blocks:
            training.estimate_parameters_using_expectation_maximisation(
                block, estimate_without_term_frequencies=True, fix_u_probabilities=True
            )

    def learned(self) -> tuple[float, dict[str, Sides]]:
        """Returns (share of random pairs that are one holder's, m and u)."""
        return _read(self._linker._settings_obj.core_model_settings, trained=True)


def mixture(
    patterns: Sequence[Pattern], levels: Levels, start: Shares, known: Collection[tuple[str, int]] = (),
    chance: Collection[str] = (), share: float = 0.2, held: Collection[str] = (),
) -> tuple[float, dict[str, Sides]]:  # fmt: skip
    """Returns (share of one holder's pairs, m and u) of pairs. known: (comparison, level) whose m and u stay as in
    `start`; chance: comparisons whose u stays; held: comparisons whose m stays."""
    import duckdb
    import pyarrow as pa

    comparisons = []
    for place, (name, sides) in enumerate(start.items()):
        comparison = _comparison(name, sides, f"level{place}_l = -1", f"level{place}_l")
        for level, told in enumerate(comparison["comparison_levels"][1:]):
            told["fix_m_probability"] = (name, level) in known or name in held
            told["fix_u_probability"] = (name, level) in known or name in chance
        comparisons.append(comparison)
    numbers = pa.array(range(len(patterns)), pa.int64())
    rows = {"unique_id": list(map(str, range(len(patterns)))), "pair": numbers}
    rows.update({f"level{place}": [each[place] for each in patterns] for place in range(len(levels))})
    linker = _linker(_connected(duckdb), "link_only", comparisons, [pa.table(rows), pa.table(rows)], share)
    session = linker.training.estimate_parameters_using_expectation_maximisation(
        "l.pair = r.pair", estimate_without_term_frequencies=True, fix_u_probabilities=False
    )
    return _read(session.core_model_settings)


def share_among(patterns: Sequence[Pattern], levels: Levels, told: Shares) -> float:
    """Returns the share of pairs that are one holder's, m and u being known."""
    known = [(name, level) for name, steps in levels.items() for level in range(len(steps))]
    return mixture(patterns, levels, told, known, share=0.5)[0]


def _connected(duckdb: Any) -> Any:
    connection = duckdb.connect()
    connection.execute("SET threads = 1")  # sums come in one order, so that a seed gives one answer
    return connection


def _linker(
    connection: Any, kind: Any, comparisons: list[dict[str, Any]], tables: list[Any], share: float = 1e-4
) -> Any:
    from splink import DuckDBAPI, Linker, SettingsCreator

    settings = SettingsCreator(
        link_type=kind,
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=[],
        probability_two_random_records_match=share,
        max_iterations=ROUNDS,
        em_convergence=SETTLED,
    )
    api = DuckDBAPI(connection=connection)
    registered = [api.register(each, dataset_display_name=f"side{place}") for place, each in enumerate(tables)]
    return Linker(registered if len(registered) > 1 else registered[0], settings, log_level="CRITICAL")


def _comparison(name: str, sides: Sides, unsaid: str, level: str) -> dict[str, Any]:
    levels: list[dict[str, Any]] = [{"sql_condition": unsaid, "label_for_charts": "unsaid", "is_null_level": True}]
    last = len(sides.m) - 1
    for place, (m, u) in enumerate(zip(sides.m, sides.u, strict=True)):
        condition = f"{level} = {place}" if place < last else "ELSE"
        levels.append({"sql_condition": condition, "label_for_charts": f"{place}", "m_probability": m,
                       "u_probability": u})  # fmt: skip
    return {"output_column_name": name, "comparison_levels": levels, "comparison_description": name}


def _read(settings: Any, trained: bool = False) -> tuple[float, dict[str, Sides]]:
    """Returns what Splink has learned; a level that no pair reached counts as hardly any. trained: of several sessions,
    of which a level may have been in none, and then still has its first guess."""
    found = {}
    for comparison in settings.comparisons:
        told = [level for level in comparison.comparison_levels if not level.is_null_level]
        m = [level.m_probability if not trained or level._has_estimated_m_values else SMALLEST for level in told]
        u = [level.u_probability if not trained or level._has_estimated_u_values else SMALLEST for level in told]
        found[comparison.output_column_name] = Sides(
            *([max(SMALLEST, each) if isinstance(each, float) else SMALLEST for each in row] for row in (m, u))
        )
    return settings.probability_two_random_records_match, found
