"""The address book. A district is known by its code (GB/T 2260), not only by its name.

Lines: `state` is the province, `line4` the city, `line3` the district, `line1` the street and door.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.address.abstract_models import AbstractUserAddress


class UserAddress(AbstractUserAddress):
    """An address a person keeps for the next order."""

    district_code = models.CharField(_("division code"), max_length=6, blank=True)


from oscar.apps.address.models import *  # noqa: E402, F403
