"""The trainee: what acceptance files ask about a person who learns."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _


class Trainee(models.Model):
    """A person who learns, beside their account: name on certificates, where from, which group.

    The groups are those whose person-times the counties' plans promise; one of them for each person.
    """

    class Group(models.TextChoices):
        """Which of the groups of the plans the person counts for."""

        GROWER = "grower", _("grower")
        COOPERATIVE = "cooperative", pgettext_lazy("group of trainees", "cooperative")
        ENTERPRISE = "enterprise", pgettext_lazy("group of trainees", "company")
        SHOP_OWNER = "shop_owner", _("shop owner")
        RETURNEE = "returnee", _("came back to the village")
        GRADUATE = "graduate", _("recent graduate")
        VETERAN = "veteran", _("veteran")
        OFFICIAL = "official", _("official of county, town or village")
        OTHER = "other", pgettext_lazy("group of trainees", "other")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="trainee", verbose_name=_("account")
    )
    name = models.CharField(
        pgettext_lazy("person", "name"), max_length=40, help_text=_("As it shall stand on certificates.")
    )
    group = models.CharField(pgettext_lazy("of trainees", "group"), max_length=12, choices=Group)
    region = models.ForeignKey(
        "brand.Region", models.PROTECT, related_name="+", verbose_name=_("county"), null=True, blank=True
    )
    place = models.CharField(_("town or village"), max_length=60, blank=True)
    since = models.DateTimeField(_("since"))
    wants_reminders = models.BooleanField(
        _("wants to be reminded"), default=True, help_text=_("Of a course begun and not finished.")
    )

    class Meta:
        verbose_name = _("trainee")
        verbose_name_plural = _("trainees")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """How others in a course read this person: by the family name."""
        family = self.name[:1]
        return gettext("%(family)s from the course") % {"family": family} if family else gettext("Somebody")
