"""Where records of one holder were, in order of time: visits, legs, circuits, and where it may be next.

A lead with its doubt: places are towns as records state them, times are those of records, and a next place is a share
of chance. Nothing here reads names, texts or people.
"""

from minerva.routes.circuits import Circuit, find_circuits
from minerva.routes.forecast import Forecast, forecast
from minerva.routes.visits import Leg, Sighting, Visit, legs_of, visits_of

__all__ = ["Circuit", "Forecast", "Leg", "Sighting", "Visit", "find_circuits", "forecast", "legs_of", "visits_of"]
