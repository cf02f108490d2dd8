"""Making the groups of the roles agree with the table. Safe to run any number of times."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import models, transaction
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Task, Workflow

from accounts.models import Role
from accounts.roles import ROLES, Work, permissions_named

_NEEDED = ("accounts.Role", "wagtailcore.GroupPagePermission", "wagtailcore.GroupCollectionPermission")
_MADE_REVIEW = "Moderators approval"


def sync_roles() -> None:
    """Give every role its group, and every group the rights of its role, no more and no less.

    Rights on models that are not there (an app not migrated yet) are left out; the next run adds them.
    """
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        for slug, work in ROLES.items():
            group = _group(slug, work)
            group.permissions.set(permissions_named(work.rights).values())
            _sync_pages(group, work)
            _sync_files(group, work)
        _name_review()


def sync_after_migrate(*, apps: Any = None, **_signal: Any) -> None:
    """Run `sync_roles` once the tables it needs are there (`migrate` of a single app comes earlier).

    `flush` sends the signal without `apps`: it empties tables and migrates nothing.
    """
    if apps is None:
        return
    try:
        for name in _NEEDED:
            apps.get_model(name)
    except LookupError:
        return
    sync_roles()


def _group(slug: str, work: Work) -> Group:
    """Return the group of a role: its own, one to adopt, or a new one."""
    role = Role.objects.select_related("group").filter(slug=slug).first()
    if role is not None:
        _merge_latecomer(role.group, work)
        return _renamed(role.group, work)
    group = Group.objects.filter(name__in=[work.adopts, str(work.name)], role=None).first()
    if group is None:
        group = Group.objects.create(name=str(work.name))
    Role.objects.create(slug=slug, group=group)
    return _renamed(group, work)


def _merge_latecomer(group: Group, work: Work) -> None:
    """Merge a group to adopt that a migration made after the role had its own: `migrate` went app by app."""
    latecomer = Group.objects.filter(name=work.adopts, role=None).first() if work.adopts else None
    if latecomer is not None:
        group.user_set.add(*latecomer.user_set.all())
        latecomer.delete()


def _renamed(group: Group, work: Work) -> Group:
    """Put the name into the site's language, unless somebody gave the group a name of their own."""
    with translation.override(None):
        untranslated = str(work.name)
    if group.name in (work.adopts, untranslated) and group.name != str(work.name):
        group.name = str(work.name)
        group.save(update_fields=["name"])
    return group


def _name_review() -> None:
    """Put the name of the review that Wagtail's migration made into the site's language."""
    for made in (Workflow, Task):
        made.objects.filter(name=_MADE_REVIEW).update(name=gettext("Review"))


def _sync_pages(group: Group, work: Work) -> None:
    """Set the rights on pages."""
    permissions = permissions_named(f"wagtailcore.{action}_page" for action in work.pages).values()
    wanted = {(page.pk, permission.pk) for page in _tops(work) for permission in permissions}
    rows = GroupPagePermission.objects.filter(group=group)
    held = {(row.page_id, row.permission_id): row for row in rows}
    rows.filter(pk__in=[row.pk for key, row in held.items() if key not in wanted]).delete()
    for page, permission in wanted - held.keys():
        GroupPagePermission.objects.create(group=group, page_id=page, permission_id=permission)


def _tops(work: Work) -> models.QuerySet[Page]:
    """Return the pages below which a role works."""
    if not work.below:
        return Page.objects.filter(depth=1) if work.pages else Page.objects.none()
    try:
        return Page.objects.type(apps.get_model(work.below))
    except LookupError:
        return Page.objects.none()


def _sync_files(group: Group, work: Work) -> None:
    """Set the rights on the common collection of pictures and documents."""
    root = Collection.get_first_root_node()
    wanted: dict[int, Permission] = {row.pk: row for row in permissions_named(work.files).values()}
    rows = GroupCollectionPermission.objects.filter(group=group, collection=root)
    rows.exclude(permission__in=wanted.keys()).delete()
    for pk in wanted.keys() - set(rows.values_list("permission_id", flat=True)):
        GroupCollectionPermission.objects.create(group=group, collection=root, permission_id=pk)
