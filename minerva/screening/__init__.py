"""Employee screening of a chain: which step would have caught which known bad outcome, and the gaps of each location.

It looks back at known outcomes and forward at steps that are due. It scores no person, and reads no field of a person
but the opaque key, role, location and dates that the chain gives.
"""

from minerva.screening.analysis import Analysis, analyze
from minerva.screening.model import Chain, ChainError
from minerva.screening.reading import read_chain

__all__ = ["Analysis", "Chain", "ChainError", "analyze", "read_chain"]
