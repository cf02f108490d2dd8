"""Which documents disclosures have named, in any version: public with it, not before and not after."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.fields import StreamField


class NamedDocument(models.Model):
    """A document that a disclosure has named once, be it in a draft. It stays here when it is taken out."""

    document = models.OneToOneField(
        "wagtaildocs.Document",
        models.CASCADE,
        primary_key=True,
        related_name="+",
        verbose_name=_("document"),
    )
    wagtail_reference_index_ignore = True  # to be named is not to be used

    class Meta:
        verbose_name = _("document a disclosure has named")
        verbose_name_plural = _("documents disclosures have named")

    def __str__(self) -> str:
        return str(self.document_id)


def note_named(documents: Iterable[int]) -> None:
    """Note that a disclosure names these documents. 1 query, none for none."""
    if rows := [NamedDocument(pk=key) for key in set(documents)]:
        NamedDocument.objects.bulk_create(rows, ignore_conflicts=True)


def named_in(page: Any) -> Iterator[int]:
    """Yield the keys of what a disclosure names, as it is in memory: its papers, links of its text."""
    yield from (paper.document_id for paper in page.papers.all() if paper.document_id)
    field: StreamField = page._meta.get_field("body")
    for model, key, *_path in field.extract_references(page.body):
        if issubclass(model, get_document_model()):
            yield int(key)
