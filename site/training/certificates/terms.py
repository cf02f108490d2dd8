"""Who signs a county's certificates."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from brand.models import Region


class CertificateTerms(models.Model):
    """What stands on the certificates of one county beside the trainee and the course."""

    region = models.OneToOneField("brand.Region", models.CASCADE, related_name="+", verbose_name=_("county"))
    signed_by = models.CharField(
        _("issued by"), max_length=60, help_text=_("The office that stands behind the course, as it signs.")
    )
    about = models.CharField(
        _("about the office"),
        max_length=200,
        blank=True,
        help_text=_("One sentence, for badges read elsewhere."),
    )

    class Meta:
        verbose_name = _("certificate terms")
        verbose_name_plural = _("certificate terms")

    def __str__(self) -> str:
        return f"{self.region} · {self.signed_by}"


def signed_by(region: Region) -> str:
    """Return who signs in that county; the county itself where nobody was named. One query."""
    terms = CertificateTerms.objects.filter(region=region).first()
    return terms.signed_by if terms else region.full_name
