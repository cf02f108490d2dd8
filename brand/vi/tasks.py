"""Background work of the library."""

from django.utils import timezone
from django_tasks import task

from brand.vi.previews import make_preview, overdue_previews
from brand.vi.versions import VIVersion


@task()
def draw_preview(version_id: int) -> None:
    """Draw the pictures of a version, unless it was deleted meanwhile."""
    version = VIVersion.objects.filter(pk=version_id).first()
    if version is not None:
        make_preview(version)


@task()
def draw_overdue_previews() -> None:
    """Draw what a stopped worker left undrawn."""
    for version in overdue_previews(at=timezone.now()):
        make_preview(version)
