"""Where places lie: coordinates of towns, with how precisely they are known; none where the data leaves a choice."""

from minerva.places.folding import folded
from minerva.places.towns import Spot, Town, locate

__all__ = ["Spot", "Town", "folded", "locate"]
