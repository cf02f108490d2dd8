"""Batches and what happened to them, their papers, the codes on packages and the scans of those."""

from record.models.batch import Batch, BatchInput
from record.models.carton import Carton, CompanyPrefix
from record.models.clip import Clip
from record.models.certifications import Certification, CertificationKind
from record.models.code import Code, Scan
from record.models.conformity import ConformityCertificate
from record.models.duty import StageDuty
from record.models.enquiries import SmsEnquiry
from record.models.event import Event, EventPhoto
from record.models.event_import import EventImport, ImportLine
from record.models.residues import LaboratoryReport, ResidueTest
from record.models.pin import ScratchPin
from record.models.run import CodeAct, Printing, PrintRun
from record.models.substance import Substance
from record.models.template import EventTemplate

__all__ = [
    "Batch",
    "BatchInput",
    "Carton",
    "Certification",
    "CertificationKind",
    "Clip",
    "Code",
    "CodeAct",
    "CompanyPrefix",
    "ConformityCertificate",
    "Event",
    "EventImport",
    "EventPhoto",
    "EventTemplate",
    "ImportLine",
    "PrintRun",
    "Printing",
    "LaboratoryReport",
    "ResidueTest",
    "Scan",
    "SmsEnquiry",
    "StageDuty",
    "Substance",
    "ScratchPin",
]
