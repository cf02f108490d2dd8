"""Papers of disclosures: public with the disclosure, not before and not after it was taken down."""

from wagtail.documents.models import AbstractDocument

from openness.disclosures.models import DisclosurePage, DisclosurePaper


def is_held_back(document: AbstractDocument) -> bool:
    """Tell whether disclosures name this document, and none of them is public. 1 query, 3 for such a one."""
    naming = DisclosurePaper.objects.filter(document=document)
    if not naming.exists():
        return False
    return not DisclosurePage.objects.live().public().filter(papers__in=naming).exists()
