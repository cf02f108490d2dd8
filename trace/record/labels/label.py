"""What one label says."""

from dataclasses import dataclass

from record.codes.serials import grouped


@dataclass(frozen=True, slots=True)
class Label:
    """One printed label.

    `link` is the exact content of the QR code; `region` names the folder in themes/ whose art it wears;
    `county` and `art` (a drawing of that theme, without .svg) are shown where the preset has room for them.
    `pin` are the digits under the scratch field; a sheet without one must not be given any.
    """

    link: str
    product: str
    pack: str
    lot: str
    serial: str
    region: str
    county: str = ""
    art: str = ""
    pin: str = ""


def serial_groups(serial: str) -> list[str]:
    """Return a serial in groups of four, as people read it out and type it."""
    return grouped(serial).split(" ")
