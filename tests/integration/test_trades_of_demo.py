"""What the demo gives its institutions beside the world: scored businesses, and figures that others may count."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from demo import trades
from demo.run import ANALYSTS, ROOT, Run, opened, run_schedules
from demo.world import LEVELS, build

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """A stand-in with a small number of businesses of each trade and no other record."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trades, "LEAST_RECORDS", 0)
        patch.setattr(trades, "SHARES", {"massage": 24 / 240, "hotel": 6 / 240, "recruiter": 8 / 240})
        patch.setattr(trades, "RELEASED", 30)
        world = build(records=240, level=LEVELS["easy"], until=datetime.now(UTC))
        home: Path = tmp_path_factory.mktemp("trades")
        with opened(home, ROOT / "demo" / "tenants.yml") as made:
            with trades.counts_later(made):
                run_schedules(made)
            trades.show(made, trades.hold(made, world))
            yield made


def test_business_risk_has_scores_of_each_trade_for_each_institution(run: Run) -> None:
    assert run.failures == []
    for tenant in run.collecting:
        answer = run.call_handler(ANALYSTS[tenant.id], "risk_scores", {"limit": 200})
        counts = {each["sector"]: each["businesses"] for each in answer["sectors"]}
        assert all(counts[sector] for sector in trades.SHARES)
        assert {each["tenant_id"] for each in answer["scores"]} == {tenant.id}


def test_policy_figures_have_rows_for_an_institution_that_released_nothing(run: Run) -> None:
    rows = run.ask("| minervafigures", ANALYSTS["harbor"])
    assert rows  # which of the cells stand depends on the installation's own noise
    assert all(int(row["count"]) >= 11 for row in rows)
