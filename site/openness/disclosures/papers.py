"""Papers of disclosures: public with the disclosure, not before and not after it was taken down."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField
from django.db.models.functions import Cast
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page, ReferenceIndex

from openness.disclosures.models import DisclosurePage
from openness.disclosures.naming import NamedDocument


def is_held_back(document: AbstractDocument) -> bool:
    """Tell whether a disclosure has named this document, and nothing public names it now.

    1 query; 2 for a paper that is public, up to 4 for another.
    """
    if not NamedDocument.objects.filter(pk=document.pk).exists():
        return False
    return not (_disclosed(document) or _public_elsewhere(document))


def _disclosed(document: AbstractDocument) -> bool:
    return DisclosurePage.objects.live().public().filter(papers__document=document).exists()


def _public_elsewhere(document: AbstractDocument) -> bool:
    """Tell whether the text of a public page links it, or a record that is no page (a test, a certificate).

    What drafts name is not in Wagtail's index; the worker brings it up to date.
    """
    naming = ReferenceIndex.get_references_to(document)
    pages = naming.filter(base_content_type=ContentType.objects.get_for_model(Page))
    if naming.exclude(pk__in=pages.values("pk")).exists():
        return True
    keys = pages.annotate(page=Cast("object_id", BigIntegerField())).values("page")
    return Page.objects.live().public().filter(pk__in=keys).exists()
