"""Where a page of the hall stands: region, county, kind."""

import re
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from brand.models import Region

_PROVINCE = re.compile(r"^.+?(?:省|自治区|市)")


def hall_name(region: Region | None) -> str:
    """Return what the hall of a county is called: 潞城特产馆."""
    return _("%(county)s specialty hall") % {"county": region.name} if region else _("Specialty hall")


def province_of(region: Region) -> str:
    """Return the province, autonomous region or municipality of a county by its full name."""
    found = _PROVINCE.match(region.full_name)
    return found.group() if found else region.full_name


def hall_trail(region: Region | None) -> list[tuple[str, str]]:
    """Return all halls and the hall of the county, for breadcrumbs."""
    return [(_("All halls"), reverse("halls")), (hall_name(region), reverse("home"))]


def county_of(request: Any) -> Region | None:
    """Return the county of the host; a lazy nothing counts as nothing."""
    region: Region | None = request.region
    return region or None
