"""Codes: issued for packages, bound to a batch, activated when it may be sold, voided when it must not be.

One module per act; here are their names together.
"""

from record.activation import activate_codes, activate_selection, reasons_against_activation
from record.binding import bind_codes
from record.issuing import MOST_AT_ONCE, Progress, issue_codes
from record.refusals import CodesRefused, NotVoidable
from record.selections import Selection, between, listed, of_batch, of_carton, of_run
from record.voiding import void_code, void_codes

__all__ = [
    "MOST_AT_ONCE",
    "CodesRefused",
    "NotVoidable",
    "Progress",
    "Selection",
    "activate_codes",
    "activate_selection",
    "between",
    "bind_codes",
    "issue_codes",
    "listed",
    "of_batch",
    "of_carton",
    "of_run",
    "reasons_against_activation",
    "void_code",
    "void_codes",
]
