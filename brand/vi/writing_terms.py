"""Writing the terms for VI files: one draft per county, and nobody changes what is out."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from brand.regions.models import Region
from brand.vi.accepting import AlreadyPublished, next_agreement_number
from brand.vi.agreements import VIAgreement


class DraftExists(ValueError):
    """The county's next version is being written already."""


def draft_agreement(*, region: Region, title: str, text: str, changes: str) -> VIAgreement:
    """Begin a county's next version.

    Raises:
        DraftExists: it was begun before, perhaps by somebody else this minute: the constraint decides.
    """
    try:
        with transaction.atomic():
            return VIAgreement.objects.create(
                region=region, number=next_agreement_number(region), title=title, text=text, changes=changes
            )
    except IntegrityError as error:
        raise DraftExists(
            _("The next version of this county is being written already. Go on with that one.")
        ) from error


def revise_agreement(agreement: VIAgreement, *, title: str, text: str, changes: str) -> None:
    """Change a draft. Compare-and-set: it may have been published while it was being changed.

    Raises:
        AlreadyPublished: it is out.
    """
    drafts = VIAgreement.objects.filter(pk=agreement.pk, published_at=None)
    if not drafts.update(title=title, text=text, changes=changes):
        raise AlreadyPublished(_("This version is out and stays as it is. Begin the next one."))
