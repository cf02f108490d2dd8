"""Batches and what happened to them, their papers, the codes on packages and the scans of those."""

from record.models.batch import Batch, BatchInput
from record.models.clip import Clip
from record.models.code import Code, Scan
from record.models.event import Event, EventPhoto
from record.models.papers import Certification, ConformityCertificate, ResidueTest

__all__ = [
    "Batch",
    "BatchInput",
    "Certification",
    "Clip",
    "Code",
    "ConformityCertificate",
    "Event",
    "EventPhoto",
    "ResidueTest",
    "Scan",
]
