"""What was found in a post, for the side of the editor."""

from typing import Any

from django import template
from django.utils import timezone

from news.checks.findings import Finding
from news.checks.looking import look
from news.models import NewsPage

register = template.Library()


@register.simple_tag
def findings_of(page: Any) -> list[Finding] | None:
    """Return what was found in a post as it was saved last, None for what is no post or was never saved."""
    if not isinstance(page, NewsPage) or not page.pk:
        return None
    return look(page.get_latest_revision_as_object(), at=timezone.now())
