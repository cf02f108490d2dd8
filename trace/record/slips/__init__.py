"""Slips: the printed forms of a 合格证 and of a residue test, on label sheets and rolls."""

from record.slips.content import (
    Slip,
    certificate_link,
    certificate_slip,
    residue_link,
    residue_slip,
)
from record.slips.pdf import write_slips
from record.slips.presets import DEFAULT_SLIP_PRESET, SLIP_PRESETS, SlipPreset, UnknownSlipPreset

__all__ = [
    "DEFAULT_SLIP_PRESET",
    "SLIP_PRESETS",
    "Slip",
    "SlipPreset",
    "UnknownSlipPreset",
    "certificate_link",
    "certificate_slip",
    "residue_link",
    "residue_slip",
    "write_slips",
]
