"""Numbers of licences and applications: county, year, and the next in the row. None is ever given twice."""

from datetime import date

from brand.counters.models import next_number
from brand.licences.models import Licence
from brand.licences.rules import LicenceRules


def new_licence_number(rules: LicenceRules, *, on: date) -> str:
    """Return the next free number, like LC-2026-0017; call it in the transaction that gives it.

    Numbers that were given on paper and entered by hand are stepped over.
    """
    while True:
        number = f"{rules.prefix}-{on.year}-{next_number(f'licence:{rules.prefix}:{on.year}'):04d}"
        if not Licence.objects.filter(number=number).exists():
            return number


def new_application_number(rules: LicenceRules, *, on: date) -> str:
    """Return the next number of an application, like LC-SQ-2026-0017 (申请)."""
    series = f"licence-application:{rules.prefix}:{on.year}"
    return f"{rules.prefix}-SQ-{on.year}-{next_number(series):04d}"
