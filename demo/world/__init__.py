"""A seeded synthetic world: operations, independents, hubs, as six sources would publish them, with the truth.

Everything is invented: reserved phone ranges, example domains, bland text. Nothing here is shared with the extractors.
"""

from demo.world.build import World, build
from demo.world.levels import LEVELS, Level

__all__ = ["LEVELS", "Level", "World", "build"]
