"""Businesses with a known truth, per sector: benign ones that look odd, illicit ones that look clean, missing data.

Records are in the shape in which a partner's program submits them. No table, word list or weight is shared with what
scores them: what people write and how often is this package's own.
"""

from demo.world.trades.build import SECTORS, Trades, build_trades
from demo.world.trades.chances import DIFFICULTIES, Difficulty

__all__ = ["DIFFICULTIES", "SECTORS", "Difficulty", "Trades", "build_trades"]
