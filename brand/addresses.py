"""Where notices lead to: addresses that stay, whichever app serves them; the pages lie above the brand."""

from brand.inspections.findings import Finding
from brand.licences.models import Licence

LICENCES_DESK = "/members/licences/"
FINDINGS_DESK = "/members/findings/"
CODES_DESK = "/members/codes/"


def licence_page(licence: Licence) -> str:
    """Return the public page of a licence."""
    return f"/brand/licences/{licence.number}/"


def finding_desk(finding: Finding) -> str:
    """Return the page on which the member answers a finding."""
    return f"{FINDINGS_DESK}{finding.pk}/"
