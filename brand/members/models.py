"""The member."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lib.credit_code import validate_credit_code


class Member(models.Model):
    """An enterprise, co-operative or household that belongs to the association (协会会员)."""

    class Kind(models.TextChoices):
        """Legal form."""

        ENTERPRISE = "enterprise", _("enterprise")
        COOPERATIVE = "cooperative", _("co-operative")
        HOUSEHOLD = "household", _("household")

    region = models.ForeignKey(
        "brand.Region", models.PROTECT, related_name="members", verbose_name=_("county")
    )
    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("slug"), max_length=64, unique=True)
    kind = models.CharField(_("legal form"), max_length=16, choices=Kind, default=Kind.ENTERPRISE)
    credit_code = models.CharField(
        _("unified social credit code"),
        max_length=18,
        blank=True,
        validators=[validate_credit_code],
        help_text=_("18 characters of GB 32100."),
    )
    phone = models.CharField(_("telephone"), max_length=24, blank=True)
    town = models.CharField(
        _("town or township"),
        max_length=40,
        blank=True,
        help_text=_("As people say it: 店上镇. The list of members is filtered by it."),
    )
    address = models.CharField(_("address"), max_length=120, blank=True)
    joined_on = models.DateField(_("member since"), null=True, blank=True)
    about = models.TextField(_("about"), blank=True)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"], condition=~models.Q(credit_code=""), name="member_credit_code_unique"
            )
        ]

    def __str__(self) -> str:
        return self.name
