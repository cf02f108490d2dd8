"""The counties somebody works in: those whose training they may change the pages of, by Wagtail's own rights.

The roles reach every county there is. Who looks after one county alone is in a group of its own, with the
same rights and with pages only below that county's training.
"""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from wagtail.permissions import page_permission_policy

from accounts.models import User
from brand.models import Region
from training.courses.index import TrainingIndexPage


def counties_of(user: User | AnonymousUser) -> QuerySet[Region]:
    """Return the counties somebody works in; an administrator in all. 2 queries and the rights."""
    if user.is_superuser:
        return Region.objects.all()
    pages = page_permission_policy.instances_user_has_permission_for(user, "change").type(TrainingIndexPage)
    paths = tuple(pages.values_list("path", flat=True))
    roots = Region.objects.filter(site__isnull=False).values_list("pk", "site__root_page__path")
    mine = [pk for pk, root in roots if any(path.startswith(root) for path in paths)]
    return Region.objects.filter(pk__in=mine)
