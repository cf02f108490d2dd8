"""A question somebody asks about an article, and the answers of seller and hall."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shop.catalogue.models import Product
from shop.partner.models import Partner

LONGEST = 300  # characters


class Question(models.Model):
    """A question. It is shown from its first answer on; `refusal` says why it is not shown at all."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("waiting for an answer")
        ANSWERED = "answered", _("answered")
        REFUSED = "refused", _("not shown")

    article = models.ForeignKey(Product, models.CASCADE, related_name="questions", verbose_name=_("article"))
    text = models.CharField(_("question"), max_length=LONGEST)
    name = models.CharField(_("name shown"), max_length=40, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="shop_questions",
        verbose_name=pgettext_lazy("question", "asked by"),
    )
    asked_at = models.DateTimeField(_("asked at"))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.WAITING)
    refusal = models.CharField(_("why it is not shown"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["-asked_at", "-pk"]
        app_label = "fengtu_shop"
        indexes = [
            models.Index(fields=["article", "state", "-asked_at"], name="question_of_article"),
            models.Index(fields=["state", "asked_at"], name="question_waiting"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refusal=""), name="question_refused_says_why"
            )
        ]

    def __str__(self) -> str:
        return self.text[:40]


class Answer(models.Model):
    """An answer of the seller, or of the hall where `partner` is empty."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="answers", verbose_name=_("question"))
    partner = models.ForeignKey(
        Partner, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("seller")
    )
    text = models.CharField(pgettext_lazy("question", "answer"), max_length=500)
    at = models.DateTimeField(_("answered at"))

    class Meta:
        verbose_name = pgettext_lazy("question", "answer")
        verbose_name_plural = pgettext_lazy("question", "answers")
        ordering = ["at", "pk"]
        app_label = "fengtu_shop"

    def __str__(self) -> str:
        return self.text[:40]
