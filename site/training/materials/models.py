"""The material of a course, its editions, and the printed copies given out.

The counties' plans promise printed course books, a number of copies, given out for nothing: what was printed
and given out is part of what is shown at acceptance.
"""

from django.contrib import admin
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from brand.private import private_storage


class Material(models.Model):
    """A course book, a handout, a table to fill in: what a course gives into the hand."""

    class Access(models.TextChoices):
        """Who may download it."""

        PUBLIC = "public", _("everybody")
        ENROLLED = "enrolled", _("who is enrolled")

    course = models.ForeignKey(
        "training.CoursePage", models.CASCADE, related_name="materials", verbose_name=_("course")
    )
    title = models.CharField(_("title"), max_length=80)
    authors = models.CharField(
        _("compiled by"), max_length=120, blank=True, help_text=_("Persons or the body that answers for it.")
    )
    access = models.CharField(_("who may download it"), max_length=8, choices=Access, default=Access.ENROLLED)
    place = models.PositiveSmallIntegerField(pgettext_lazy("in a list", "place"), default=0)

    class Meta:
        verbose_name = _("course material")
        verbose_name_plural = _("course materials")
        ordering = ["course", "place", "pk"]
        constraints = [models.UniqueConstraint(fields=["course", "title"], name="material_title_once")]

    def __str__(self) -> str:
        return self.title

    @property
    @admin.display(description=_("newest edition"))
    def newest_edition(self) -> str:
        """What the newest edition is called. 1 query."""
        edition = self.editions.first()
        return edition.label if edition else ""


class MaterialEdition(models.Model):
    """One edition of a material. Its file never changes; what changes is the next edition."""

    material = models.ForeignKey(
        Material, models.CASCADE, related_name="editions", verbose_name=_("course material")
    )
    label = models.CharField(_("edition"), max_length=30, help_text=_("For example 2026, second edition."))
    file = models.FileField(
        _("file"), storage=private_storage, upload_to="training/materials/", max_length=200
    )
    name = models.CharField(_("file name"), max_length=120, editable=False)
    size = models.PositiveBigIntegerField(_("bytes"), editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    added_at = models.DateTimeField(_("added"), editable=False)
    downloads = models.PositiveIntegerField(_("downloads"), default=0, editable=False)

    class Meta:
        verbose_name = _("edition of a material")
        verbose_name_plural = _("editions of materials")
        ordering = ["-added_at", "-pk"]
        get_latest_by = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["material", "label"], name="material_edition_label_once"),
            models.UniqueConstraint(fields=["material", "sha256"], name="material_edition_content_once"),
        ]

    def __str__(self) -> str:
        return f"{self.material} · {self.label}"


class PrintedCopies(models.Model):
    """Copies of an edition that were printed, or given out: `given_to` says to whom, empty is a printing."""

    edition = models.ForeignKey(
        MaterialEdition, models.PROTECT, related_name="copies", verbose_name=_("edition")
    )
    on = models.DateField(_("date"))
    printed = models.PositiveIntegerField(_("copies printed"), default=0)
    given_out = models.PositiveIntegerField(_("copies given out"), default=0)
    given_to = models.CharField(
        _("given to"), max_length=80, blank=True, help_text=_("A class, a village, a service station.")
    )

    class Meta:
        verbose_name = _("printed copies")
        verbose_name_plural = _("printed copies")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(printed__gt=0, given_out=0) | Q(printed=0, given_out__gt=0),
                name="printed_copies_one_of_both",
                violation_error_message=_("Write down either copies printed or copies given out."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition} · {self.on}"
