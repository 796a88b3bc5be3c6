"""A seeded synthetic world: operations, independents, hubs, as six sources would publish them, with the truth.

Everything is invented: reserved phone ranges, example domains, bland text. Nothing here is shared with the extractors.
"""

from demo.world.build import World, build
from demo.world.levels import LEVELS, Level
from demo.world.publish import UNTIL

__all__ = ["LEVELS", "UNTIL", "Level", "World", "build"]
