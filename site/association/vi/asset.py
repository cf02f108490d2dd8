"""Reads of one asset's page: its versions with their files, how it is used, who may have it."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import User
from association.vi.drawing import ClearSpace, clear_space_of
from brand.models import Region, VIAsset, VIExample, VIVersion
from brand.vi.access import Grant, Refusal, may_download


class UnknownAsset(LookupError):
    """The county's library shows no such asset."""


@dataclass(frozen=True, slots=True)
class ShownAsset:
    """What the page of an asset shows."""

    asset: VIAsset
    current: VIVersion
    older: list[VIVersion]
    clear_space: ClearSpace | None
    dos: list[VIExample]
    donts: list[VIExample]
    right: Grant | Refusal

    @property
    def examples(self) -> list[tuple[list[VIExample], str, str, str]]:
        """What is done and what is not, each with the tone, the sign and the heading it has on the page."""
        return [(self.dos, "do", "check", _("So it is done")), (self.donts, "dont", "close", _("Not so"))]

    @property
    def is_open(self) -> bool:
        """Whether whoever looks may have the files."""
        return isinstance(self.right, Grant)


def shown_asset(region: Region | None, slug: str, *, user: User | AnonymousUser, on: date) -> ShownAsset:
    """Return an asset with all that its page shows. 6 queries, up to 5 more for somebody signed in.

    Raises:
        UnknownAsset: there is none, or it is not published.
    """
    if not region:
        raise UnknownAsset(slug)
    published = VIVersion.objects.filter(published_at__isnull=False).prefetch_related("files")
    wanted = VIAsset.objects.published().filter(region=region, slug=slug)
    asset = (
        wanted.select_related("category", "region__site")
        .prefetch_related(Prefetch("versions", published, to_attr="given_out"))
        .prefetch_related("colours", "examples", "products")
        .first()
    )
    versions = asset.given_out if asset else []
    current = next((version for version in versions if version.current), None)
    if asset is None or current is None:
        raise UnknownAsset(slug)
    examples = list(asset.examples.all())
    return ShownAsset(
        asset=asset,
        current=current,
        older=[version for version in versions if not version.current],
        clear_space=clear_space_of(asset, current),
        dos=[one for one in examples if one.kind == VIExample.Kind.DO],
        donts=[one for one in examples if one.kind == VIExample.Kind.DONT],
        right=may_download(user, asset, on),
    )


def who_looks(request: HttpRequest) -> User | AnonymousUser:
    """Return the visitor. Without a session the page is the same for everybody."""
    return request.user if settings.SESSION_COOKIE_NAME in request.COOKIES else AnonymousUser()
