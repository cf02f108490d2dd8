"""Labels for packages: PDF sheets, CSV and SVG archives. Pure: no models, everything comes in as `Label`."""

from record.labels.archive import write_svg_zip
from record.labels.label import Label, serial_groups
from record.labels.presets import CARTON_PRESETS, DEFAULT_PRESET, PRESETS, Preset, UnknownPreset
from record.labels.sheet import NoLabels, write_sheet_pdf
from record.labels.table import write_csv
from record.labels.typeface import FontMissing

__all__ = [
    "CARTON_PRESETS",
    "DEFAULT_PRESET",
    "PRESETS",
    "FontMissing",
    "Label",
    "NoLabels",
    "Preset",
    "UnknownPreset",
    "serial_groups",
    "write_csv",
    "write_sheet_pdf",
    "write_svg_zip",
]
