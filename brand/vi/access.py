"""Who may have the files of an asset: asked at the moment of use, and again while they are sent.

Public files are for everybody, members' files for those who act for a member of the county, licensees' files
for those whose member holds a licence in force on one of the asset's products (any licence, where it names no
product). Whoever keeps the library may have everything.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from brand.licences.models import Licence
from brand.licences.rights import nearest_licence
from brand.members.models import Member
from brand.members.representatives import members_of
from brand.vi.assets import VIAccess, VIAsset
from brand.vi.versions import VIFile

KEEPS_THE_LIBRARY = "brand.change_viasset"


class Basis(StrEnum):
    """What the right rests on."""

    PUBLIC = "public"
    MEMBER = "member"
    LICENCE = "licence"
    OFFICE = "office"


class Why(StrEnum):
    """What is missing."""

    NOT_HERE = "not_here"
    NOT_SIGNED_IN = "not_signed_in"
    NOT_A_MEMBER = "not_a_member"
    NOT_LICENSED = "not_licensed"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Grant:
    """The right to an asset's files, with the member and the licence it rests on."""

    basis: Basis
    member: Member | None = None
    licence: Licence | None = None

    @property
    def needs_agreement(self) -> bool:
        """Whether the county's terms must have been accepted."""
        return self.basis in {Basis.MEMBER, Basis.LICENCE}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no such right; `text` says it in plain words."""

    why: Why
    text: str


class Rights:
    """What one person may have on one day. 3 queries when made, 1 or 2 more where only the office helps."""

    def __init__(self, user: User | AnonymousUser, *, on: date) -> None:
        self._user = user
        self._on = on
        self._members = members_of(user) if user.is_active else []
        mine = [member.pk for member in self._members]
        licences = Licence.objects.filter(member__in=mine).prefetch_related("covers") if mine else []
        self._licences: list[Licence] = list(licences)

    def to(self, asset: VIAsset) -> Grant | Refusal:
        """Return the right to `asset`. No query where its products were fetched."""
        answer = self._as_visitor(asset)
        if isinstance(answer, Refusal) and self._keeps_the_library():
            return Grant(Basis.OFFICE)
        return answer

    def to_file(self, file: VIFile) -> Grant | Refusal:
        """Return the right to one file; what was never published is the office's alone."""
        answer = self.to(file.version.asset)
        if file.version.is_published or answer == Grant(Basis.OFFICE) or isinstance(answer, Refusal):
            return answer
        return Grant(Basis.OFFICE) if self._keeps_the_library() else _not_here()

    def _keeps_the_library(self) -> bool:
        return self._user.is_active and self._user.has_perm(KEEPS_THE_LIBRARY)

    def _as_visitor(self, asset: VIAsset) -> Grant | Refusal:
        if not asset.is_published:
            return _not_here()
        members = [member for member in self._members if member.region_id == asset.region_id]
        if asset.is_public:
            return Grant(Basis.PUBLIC, members[0] if members else None)
        if not self._user.is_authenticated:
            return Refusal(Why.NOT_SIGNED_IN, _("These files are for members. Sign in first."))
        if not members:
            return Refusal(Why.NOT_A_MEMBER, _("These files are for members of this county's association."))
        if asset.access == VIAccess.MEMBERS:
            return Grant(Basis.MEMBER, members[0])
        return self._by_licence(asset, {member.pk: member for member in members})

    def _by_licence(self, asset: VIAsset, members: dict[int, Member]) -> Grant | Refusal:
        wanted = {product.pk for product in asset.products.all()}
        covering = [
            licence
            for licence in self._licences
            if licence.member_id in members
            and licence.region_id == asset.region_id
            and (not wanted or wanted & {cover.product_id for cover in licence.covers.all()})
        ]
        good = [licence for licence in covering if licence.is_valid(on=self._on)]
        if good:
            licence = max(good, key=lambda one: (one.valid_to, -one.pk))
            return Grant(Basis.LICENCE, members[licence.member_id], licence)
        return _nearest_refusal(covering, on=self._on)


def may_download(user: User | AnonymousUser, asset: VIAsset, on: date) -> Grant | Refusal:
    """Return the right of `user` to the files of `asset`, or why there is none. 3 to 6 queries."""
    return Rights(user, on=on).to(asset)


def _not_here() -> Refusal:
    return Refusal(Why.NOT_HERE, _("The association does not hand this out any more."))


def _nearest_refusal(covering: Iterable[Licence], *, on: date) -> Refusal:
    """Name the licence that comes closest."""
    nearest = nearest_licence(covering, on=on)
    if nearest is None:
        return Refusal(Why.NOT_LICENSED, _("These files need a licence, and you hold none that covers them."))
    named = {"number": nearest.number}
    if nearest.state == Licence.State.REVOKED:
        return Refusal(Why.REVOKED, _("Licence %(number)s was revoked.") % named)
    if nearest.valid_to < on:
        named["day"] = date_format(nearest.valid_to, "Y-m-d")
        return Refusal(Why.EXPIRED, _("Licence %(number)s ended on %(day)s.") % named)
    if nearest.state == Licence.State.SUSPENDED:
        return Refusal(
            Why.SUSPENDED,
            _("Licence %(number)s is suspended. The files open again when the suspension is lifted.") % named,
        )
    named["day"] = date_format(nearest.valid_from, "Y-m-d")
    return Refusal(Why.NOT_YET, _("Licence %(number)s begins on %(day)s.") % named)
