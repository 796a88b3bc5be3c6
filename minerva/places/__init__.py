"""Where places lie: coordinates with how precisely they are known; none where the data leaves a choice."""

from minerva.places.countries import country_code, region_code
from minerva.places.folding import folded
from minerva.places.named import NamedTown, towns_of
from minerva.places.spots import Asked, spot_of
from minerva.places.towns import Spot, Town, is_city, locate

__all__ = [
    "Asked", "NamedTown", "Spot", "Town", "country_code", "folded", "is_city", "locate", "region_code", "spot_of",
    "towns_of",
]  # fmt: skip
