"""What editors change in Wagtail, told to the outbox: the one place that listens to models that are not ours.

Pages tell by Wagtail's signals when the public sees something else. Everything else that is edited in
/cms/ (pictures, documents, settings, sites, snippets) is written by Wagtail into its log, in the
transaction of the edit: that row is what we hear, so nothing that devices or visitors write is mistaken
for an edit.
"""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.models import ModelLogEntry, Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from brand.models import Region
from changes.models import Change
from changes.outbox import record

PRIVATE_APPS = {"accounts", "auth", "sessions", "admin"}  # people and rights: no public page shows them


def listen() -> None:
    """Connect the listeners; called once, when the app is ready."""
    for signal in (page_published, page_unpublished):
        signal.connect(_page_changed, dispatch_uid="cms.changes")
    post_page_move.connect(_page_moved, dispatch_uid="cms.changes")
    post_delete.connect(_page_deleted, dispatch_uid="cms.changes.deleted")
    for signal in (post_save, post_delete):
        signal.connect(_access_changed, sender=PageViewRestriction, dispatch_uid="cms.changes.access")
    post_save.connect(_thing_edited, sender=ModelLogEntry, dispatch_uid="cms.changes.edited")


def region_of_path(url_path: str) -> str:
    """Return the slug of the county whose site holds a page of this `url_path`, "" for none."""
    for site_id, root_path, *_ in Site.get_site_root_paths():
        if url_path.startswith(root_path):
            return Region.objects.filter(site_id=site_id).values_list("slug", flat=True).first() or ""
    return ""


def _page_changed(*, instance: Page, **_: Any) -> None:
    record(instance, region=region_of_path(instance.url_path))


def _page_moved(*, instance: Page, url_path_before: str, url_path_after: str, **_: Any) -> None:
    for region in {region_of_path(url_path_before), region_of_path(url_path_after)}:
        record(instance.specific_deferred, region=region)


def _page_deleted(*, sender: type[Model], instance: Model, **_: Any) -> None:
    # Django tells a deletion once per table of a page; the row of its own type is the one that counts
    if isinstance(instance, Page) and sender is instance.specific_class:
        record(instance, Change.Kind.DELETED, region=region_of_path(instance.url_path))


def _access_changed(*, instance: PageViewRestriction, **_: Any) -> None:
    record(instance.page.specific_deferred, region=region_of_path(instance.page.url_path))


def _thing_edited(*, instance: ModelLogEntry, created: bool, **_: Any) -> None:
    content_type = instance.content_type
    if not created or content_type is None or content_type.app_label in PRIVATE_APPS:
        return
    model = content_type.model_class()
    thing = model and model._base_manager.filter(pk=instance.object_id).first()
    if thing is not None:
        kind = Change.Kind.DELETED if instance.deleted else Change.Kind.SAVED
        record(thing, kind, region=_region_of(thing))


def _region_of(thing: Model) -> str:
    """Return the slug of the county a thing belongs to, "" when every county may show it."""
    if isinstance(thing, Region):
        return thing.slug
    region = getattr(thing, "region", None) or getattr(getattr(thing, "site", None), "region", None)
    return region.slug if isinstance(region, Region) else ""
