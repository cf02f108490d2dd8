"""The contact request: a member asks, the trainee answers, only then a telephone number is shown."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MESSAGE_LENGTH = 500
"""Characters; what is longer is a job post."""


class ContactRequest(models.Model):
    """A member's question to somebody in the pool. The row keeps no contact data; it outlives the profile."""

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", pgettext_lazy("contact request", "waits for an answer")
        ACCEPTED = "accepted", pgettext_lazy("contact request", "accepted")
        DECLINED = "declined", pgettext_lazy("contact request", "declined")
        LAPSED = "lapsed", pgettext_lazy("contact request", "not answered in time")
        CLOSED = "closed", pgettext_lazy("contact request", "closed")

    trainee = models.ForeignKey(
        "training.Trainee", models.CASCADE, related_name="contact_requests", verbose_name=_("trainee")
    )
    member = models.ForeignKey("brand.Member", models.CASCADE, related_name="+", verbose_name=_("member"))
    job = models.ForeignKey(
        "training.JobPost",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="contact_requests",
        verbose_name=_("job"),
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    called = models.CharField(_("shown as"), max_length=40, blank=True)
    message = models.TextField(_("message"), max_length=MESSAGE_LENGTH)
    state = models.CharField(
        pgettext_lazy("contact request", "state"), max_length=10, choices=State, default=State.OPEN
    )
    asked_at = models.DateTimeField(_("asked"))
    answered_at = models.DateTimeField(pgettext_lazy("contact request", "answered"), null=True, blank=True)
    answer = models.CharField(pgettext_lazy("contact request", "answer"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("contact request")
        verbose_name_plural = _("contact requests")
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["member", "-asked_at"], name="contacts_of_member"),
            models.Index(fields=["trainee", "-asked_at"], name="contacts_of_trainee"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["trainee", "member"], condition=Q(state="open"), name="one_open_contact_request"
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None)
                | (~Q(state="open") & Q(answered_at__isnull=False)),
                name="answered_contact_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} → {self.called}"
