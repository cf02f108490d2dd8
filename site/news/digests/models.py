"""Who wants the letter of the week, the letters, and which of them went to whom.

An address stands in one table only, and leaves with its row. What stays of a letter is how many it went to.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """Subscriptions by what may be done with them."""

    def confirmed(self) -> "SubscriptionQuerySet":
        """Return those whose owner said twice that they want the letter."""
        return self.filter(confirmed_at__isnull=False)


class Subscription(models.Model):
    """One address that asked for the letter of one county; the row goes when its owner leaves."""

    region = models.ForeignKey(
        "brand.Region", models.CASCADE, related_name="subscriptions", verbose_name=_("county")
    )
    email = models.EmailField(_("e-mail"))
    token = models.CharField(_("secret part of its addresses"), max_length=43, unique=True)
    asked_at = models.DateTimeField(_("asked for at"))
    letters = models.PositiveSmallIntegerField(_("confirmation letters"), default=0)
    letter_at = models.DateTimeField(_("last confirmation letter at"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    refused = models.PositiveSmallIntegerField(_("letters its mail server refused in a row"), default=0)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(fields=["region", "email"], name="news_subscribed_once"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="news_subscriber_in_lower_case"),
        ]
        indexes = [models.Index(fields=["confirmed_at", "asked_at"], name="news_unconfirmed")]

    def __str__(self) -> str:
        return f"{self.region_id} #{self.pk}"


class Digest(models.Model):
    """The letter of one week of one county."""

    region = models.ForeignKey(
        "brand.Region", models.CASCADE, related_name="digests", verbose_name=_("county")
    )
    due_at = models.DateTimeField(_("due at"), help_text=_("A Friday, 17:00."))
    made_at = models.DateTimeField(_("made at"))
    posts = models.ManyToManyField("news.NewsPage", related_name="digests", verbose_name=_("posts"))
    sent = models.PositiveIntegerField(_("sent to"), default=0)
    failed = models.PositiveIntegerField(_("not taken by"), default=0)

    class Meta:
        verbose_name = _("letter of the week")
        verbose_name_plural = _("letters of the week")
        ordering = ["-due_at", "region"]
        constraints = [models.UniqueConstraint(fields=["region", "due_at"], name="news_digest_once")]

    def __str__(self) -> str:
        return f"{self.region} {self.due_at:%Y-%m-%d}"


class Delivery(models.Model):
    """One letter on its way to one address."""

    class State(models.TextChoices):
        """How far it is. What was being sent when the worker died stays so: nobody gets it twice."""

        WAITING = "waiting", pgettext_lazy("letter", "waiting")
        SENDING = "sending", pgettext_lazy("letter", "being sent")
        SENT = "sent", pgettext_lazy("letter", "sent")
        FAILED = "failed", pgettext_lazy("letter", "not taken")

    digest = models.ForeignKey(
        Digest, models.CASCADE, related_name="deliveries", verbose_name=_("letter of the week")
    )
    subscription = models.ForeignKey(
        Subscription, models.CASCADE, related_name="deliveries", verbose_name=_("subscription")
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    due_at = models.DateTimeField(_("due at"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)

    class Meta:
        verbose_name = _("letter to one address")
        verbose_name_plural = _("letters to one address")
        constraints = [models.UniqueConstraint(fields=["digest", "subscription"], name="news_delivered_once")]
        indexes = [
            models.Index(fields=["due_at", "id"], name="news_delivery_waiting", condition=Q(state="waiting"))
        ]

    def __str__(self) -> str:
        return f"{self.digest_id} → #{self.subscription_id} {self.state}"
