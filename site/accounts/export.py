"""Everything personal that the site holds about one user, for that user to take away."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import User


def personal_data(*, user: User, at: datetime) -> dict[str, Any]:
    """Return the sections that the functions of ACCOUNT_EXPORTERS contribute, ready for JSON.

    Raises:
        ValueError: two exporters claim the same section.
    """
    data: dict[str, Any] = {"exported_at": at, "site": settings.PUBLIC_BASE_URL}
    for path in settings.ACCOUNT_EXPORTERS:
        sections = import_string(path)(user)
        if taken := sections.keys() & data.keys():
            raise ValueError(f"{path} repeats {', '.join(sorted(taken))}")
        data |= sections
    return data
