"""The event: one thing done to a batch. Append-only; `events.recording.record_event` is the only writer."""

from typing import Any, Never

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class EventIsFinal(Exception):
    """Somebody tried to change or delete a recorded event; a correction is a new event."""


class EventQuerySet(models.QuerySet):
    """Events can be read and appended, nothing else."""

    def update(self, **kwargs: Any) -> Never:
        """Refuse.

        Raises:
            EventIsFinal: always.
        """
        raise EventIsFinal

    def delete(self) -> Never:
        """Refuse.

        Raises:
            EventIsFinal: always.
        """
        raise EventIsFinal


class Event(models.Model):
    """What was done to a batch: when, where, by whom, what went in and what came out."""

    class Stage(models.TextChoices):
        """The stages of a batch, in the order they come."""

        PLANTING = "planting", _("planting")
        PRODUCTION = "production", _("production")
        PROCESSING = "processing", _("processing")
        STORAGE = "storage", _("storage")
        CIRCULATION = "circulation", _("circulation")
        SALE = "sale", _("sale")
        SERVICE = "service", _("service")

    class Step(models.TextChoices):
        """What kind of work it was: finer than the stage, for machines (EPCIS) and templates."""

        SOWING = "sowing", _("sowing")
        FERTILISING = "fertilising", _("fertilising")
        IRRIGATION = "irrigation", _("irrigation")
        PEST_CONTROL = "pest_control", _("pest control")
        INSPECTION = "inspection", _("inspection")
        HARVEST = "harvest", _("harvest")
        SORTING = "sorting", _("sorting")
        DRYING = "drying", _("drying")
        PACKING = "packing", _("packing")
        STORING = "storing", _("storing")
        SHIPPING = "shipping", _("shipping")
        RECEIVING = "receiving", _("receiving")
        SELLING = "selling", _("selling")
        OTHER = "other", _("other work")

    class Source(models.TextChoices):
        """By which way it was entered."""

        DESK = "desk", _("back office")
        FIELD = "field", _("phone in the field")
        IMPORT = "import", _("spreadsheet")
        API = "api", _("member's system")
        PARTNER = "partner", _("partner's system")

    batch = models.ForeignKey("record.Batch", models.PROTECT, related_name="events", verbose_name=_("batch"))
    sequence = models.PositiveIntegerField(_("place in the chain"))
    stage = models.CharField(_("stage"), max_length=12, choices=Stage)
    step = models.CharField(_("kind of work"), max_length=12, choices=Step, blank=True)
    title = models.CharField(_("what was done"), max_length=60)
    at = models.DateTimeField(_("when"))
    place = models.CharField(_("where"), max_length=80, blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=9, decimal_places=6, null=True, blank=True, help_text=_("Degrees, WGS 84.")
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True, help_text=_("Degrees, WGS 84.")
    )
    actor = models.CharField(_("done by"), max_length=60, blank=True)
    responsible = models.ForeignKey(
        "brand.Member",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("responsible party"),
    )
    attested_by = models.CharField(_("attested by"), max_length=60, blank=True)
    inputs = models.JSONField(_("went in"), default=list, blank=True)
    outputs = models.JSONField(_("came out"), default=list, blank=True)
    note = models.TextField(_("note"), blank=True, max_length=500)
    corrects = models.ForeignKey(
        "self", models.PROTECT, related_name="corrections", null=True, blank=True, verbose_name=_("corrects")
    )
    reason = models.CharField(_("why it is corrected"), max_length=200, blank=True)
    salt = models.CharField(max_length=32, blank=True, editable=False)
    people_digest = models.CharField(max_length=64, editable=False)
    previous_hash = models.CharField(max_length=64, blank=True, editable=False)
    hash = models.CharField(max_length=64, editable=False)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("recorded by"),
    )

    source = models.CharField(
        _("entered by way of"), max_length=8, choices=Source, default=Source.DESK, editable=False
    )
    submission = models.UUIDField(null=True, blank=True, editable=False)
    """The key a phone or an import gave what it sent: sent again after a lost answer, it stays one event."""

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["batch", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "sequence"], name="event_sequence_unique_in_batch"),
            # two events with one predecessor would be a fork: whoever comes second is refused
            models.UniqueConstraint(fields=["batch", "previous_hash"], name="event_chain_has_no_fork"),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="event_sequence_from_one"),
            models.CheckConstraint(
                condition=Q(
                    stage__in=[
                        "planting",
                        "production",
                        "processing",
                        "storage",
                        "circulation",
                        "sale",
                        "service",
                    ]
                ),
                name="event_stage_known",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, reason="") | (Q(corrects__isnull=False) & ~Q(reason="")),
                name="event_correction_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")), name="event_corrects_another"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="event_position_on_earth",
            ),
            models.UniqueConstraint(
                fields=["submission", "batch"],
                condition=Q(submission__isnull=False),
                name="event_submission_once_in_batch",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Append; what is recorded stays.

        Raises:
            EventIsFinal: the event exists already.
        """
        if self.pk is not None:
            raise EventIsFinal
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        """Refuse.

        Raises:
            EventIsFinal: always.
        """
        raise EventIsFinal


class EventPhoto(models.Model):
    """A picture that shows the event; what it shows and when is part of the event's hash."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="photos", verbose_name=_("event"))
    image = models.ForeignKey(
        "wagtailimages.Image", models.PROTECT, related_name="+", verbose_name=_("photo")
    )
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    caption = models.CharField(_("caption"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.caption
