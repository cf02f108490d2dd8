"""Batches and what happened to them, their papers, the codes on packages and the scans of those."""

from record.models.batch import Batch, BatchInput
from record.models.capture import CapturedEvent, CaptureJob
from record.models.carton import Carton, CompanyPrefix
from record.models.certifications import Certification, CertificationKind
from record.models.clip import Clip
from record.models.clone import CloneAlert, SalesArea
from record.models.code import Code, Scan
from record.models.conformity import ConformityCertificate
from record.models.consumer_report import ConsumerReport, ReportPhoto, ReportStep
from record.models.digest import ChainDigest
from record.models.duty import StageDuty
from record.models.enquiries import SmsEnquiry
from record.models.erasure import NameErasure
from record.models.event import Event, EventPhoto
from record.models.event_import import EventImport, ImportLine
from record.models.pin import ScratchPin
from record.models.recall import Recall, RecalledBatch
from record.models.residues import LaboratoryReport, ResidueTest
from record.models.run import CodeAct, Printing, PrintRun
from record.models.scan_day import ScanCursor, ScanDay
from record.models.substance import Substance
from record.models.template import EventTemplate

__all__ = [
    "Batch",
    "BatchInput",
    "CaptureJob",
    "CapturedEvent",
    "Carton",
    "Certification",
    "CertificationKind",
    "ChainDigest",
    "Clip",
    "CloneAlert",
    "Code",
    "CodeAct",
    "CompanyPrefix",
    "ConformityCertificate",
    "ConsumerReport",
    "Event",
    "EventImport",
    "EventPhoto",
    "EventTemplate",
    "ImportLine",
    "LaboratoryReport",
    "NameErasure",
    "PrintRun",
    "Printing",
    "Recall",
    "RecalledBatch",
    "ReportPhoto",
    "ReportStep",
    "ResidueTest",
    "SalesArea",
    "Scan",
    "ScanCursor",
    "ScanDay",
    "ScratchPin",
    "SmsEnquiry",
    "StageDuty",
    "Substance",
]
