"""The booking: who has a room and equipment from when to when, and the record of its use (使用记录)."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BookingQuerySet(models.QuerySet):
    """Bookings by time."""

    def standing(self) -> Self:
        """Return those that were not given back."""
        return self.filter(cancelled_at=None)

    def across(self, begins: datetime, ends: datetime) -> Self:
        """Return what touches that time; one may end when the next begins."""
        return self.filter(starts_at__lt=ends, ends_at__gt=begins)


class Booking(models.Model):
    """A room, or equipment alone, for somebody and something. Two of one room never overlap (`booking`)."""

    room = models.ForeignKey(
        "training.Room",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bookings",
        verbose_name=_("room"),
    )
    equipment = models.ManyToManyField(
        "training.Equipment", blank=True, related_name="bookings", verbose_name=_("equipment")
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(pgettext_lazy("time", "until"))
    purpose = models.CharField(_("what for"), max_length=80)
    who = models.CharField(_("who is responsible"), max_length=40)
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("booked by"),
    )
    booked_at = models.DateTimeField(_("booked"))
    cancelled_at = models.DateTimeField(_("given back"), null=True, blank=True)
    people = models.PositiveIntegerField(_("how many people"), null=True, blank=True)
    used_note = models.CharField(
        _("how it was left"), max_length=200, blank=True, help_text=_("What was used, what is broken.")
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("use recorded"), null=True, blank=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("booking of a room")
        verbose_name_plural = _("bookings of rooms")
        ordering = ["-starts_at", "-pk"]
        indexes = [
            models.Index(fields=["room", "starts_at"], name="booking_of_room"),
            models.Index(fields=["ends_at"], name="booking_unrecorded", condition=Q(recorded_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="booking_times_in_order",
                violation_error_message=_("It ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(recorded_at=None) | Q(cancelled_at=None), name="booking_used_or_given_back"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} · {self.who}"
