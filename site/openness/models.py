"""The tables of the openness window, by noun."""

from openness.disclosures.models import Correction, DisclosurePage, DisclosurePaper, OpennessPage
from openness.disclosures.naming import NamedDocument
from openness.letters.models import Letter, LetterFile

__all__ = [
    "Correction",
    "DisclosurePage",
    "DisclosurePaper",
    "Letter",
    "LetterFile",
    "NamedDocument",
    "OpennessPage",
]
