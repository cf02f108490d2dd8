"""The rule and its editions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from brand.editions.models import Edition


class Rule(ClusterableModel):
    """A document that governs the brand in one county."""

    region = models.ForeignKey("brand.Region", models.PROTECT, related_name="rules", verbose_name=_("county"))
    title = models.CharField(_("title"), max_length=60)
    slug = models.SlugField(_("slug"), max_length=64)
    about = models.TextField(
        _("what it settles"),
        max_length=400,
        blank=True,
        help_text=_("In plain words: who has to follow it, and in what."),
    )
    issued_by = models.CharField(pgettext_lazy("text", "issued by"), max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(
        _("place in the list"), default=100, help_text=_("Small numbers come first.")
    )
    is_public = models.BooleanField(_("shown to the public"), default=True)

    class Meta:
        verbose_name = pgettext_lazy("brand", "rule")
        verbose_name_plural = _("rules")
        ordering = ["position", "title", "pk"]
        constraints = [models.UniqueConstraint(fields=["region", "slug"], name="rule_slug_once_per_county")]

    def __str__(self) -> str:
        return self.title


class RuleEdition(Edition):
    """One edition of a rule."""

    rule = ParentalKey(
        Rule, on_delete=models.CASCADE, related_name="editions", verbose_name=pgettext_lazy("brand", "rule")
    )

    class Meta(Edition.Meta):
        verbose_name = _("edition of a rule")
        verbose_name_plural = _("editions of a rule")
        constraints = [
            *Edition.Meta.constraints,
            models.UniqueConstraint(
                fields=["rule", "in_force_from"],
                name="rule_edition_once_a_day",
                violation_error_message=_("Two editions come into force on the same day."),
            ),
        ]

    @property
    def of(self) -> Rule:
        """The rule."""
        return self.rule
