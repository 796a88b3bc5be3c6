"""How sure finds are: measured where the extractors had not seen the texts."""

from pathlib import Path

FOLDER = Path(__file__).parent
