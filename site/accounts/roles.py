"""Roles: what each kind of work may do, as one table, and the groups that carry it.

The table is the truth: `sync_roles` makes the groups of the roles say what it says, no more and no less.
Who needs other rights makes a group of their own in the back office; those are never touched.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import Permission
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class UnknownRole(LookupError):
    """The table has no such role."""


@dataclass(frozen=True)
class Work:
    """What one role may do.

    `rights` are permissions (`app.codename`); `pages` are Wagtail's actions (`add`, `change`, `publish` …)
    below the pages of `below`, the whole tree by default; `files` are permissions on the common collection
    of pictures and documents. `adopts` names a group that a migration of Wagtail or Oscar made for the same
    work: it becomes ours instead of standing beside.
    """

    name: "_StrPromise"
    rights: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    below: str = ""
    files: tuple[str, ...] = ()
    adopts: str = ""


def _may(app: str, models: str, *actions: str) -> tuple[str, ...]:
    return tuple(f"{app}.{action}_{model}" for model in models.split() for action in actions)


_WRITE = ("view", "add", "change")
_ENTER = ("wagtailadmin.access_admin",)
_PICTURES = ("wagtailimages.add_image", "wagtailimages.choose_image")
_DOCUMENTS = ("wagtaildocs.add_document", "wagtaildocs.choose_document")

ROLES: dict[str, Work] = {
    "editor": Work(
        _("Editor"),
        rights=(
            *_ENTER,
            *_may("association", "brandfilm", *_WRITE),
            *_may("news", "plan", *_WRITE, "delete"),
            "news.view_digest",
            *_may("news", "postfilm", *_WRITE),
            "news.view_weeklytarget",
            *_may("news", "sensitiveword outsidelink", "view"),
            *_may("news", "wechatdraft", "view", "change"),
        ),
        pages=("add", "change"),
        files=(*_PICTURES, "wagtailimages.change_image", *_DOCUMENTS),
        adopts="Editors",
    ),
    "reviewer": Work(
        _("Reviewer"),
        rights=(
            *_ENTER,
            *_may("association", "brandfilm", *_WRITE),
            *_may("news", "plan", *_WRITE, "delete"),
            "news.view_digest",
            *_may("news", "postfilm", *_WRITE),
            *_may("news", "weeklytarget", *_WRITE),
            *_may("news", "sensitiveword", *_WRITE, "delete"),
            "news.view_outsidelink",
            *_may("news", "wechatdraft", "view", "change"),
            *_may("news", "wechataccount", *_WRITE),
            *_may("openness", "letter", "view", "change"),
        ),
        pages=("add", "change", "publish", "lock", "unlock"),
        files=(*_PICTURES, "wagtailimages.change_image", *_DOCUMENTS),
        adopts="Moderators",
    ),
    "brand_officer": Work(
        _("Brand officer"),
        rights=(
            *_ENTER,
            *_may("brand", "crop member product licence", *_WRITE),
            "brand.view_region",
            *_may("brand", "activity", *_WRITE, "delete"),
            *_may("brand", "signup", "view", "change"),
            *_may("brand", "licenceapplication objection", "view", "change"),
            *_may("brand", "licencerules", *_WRITE),
            "brand.view_sitecheck",
            *_may("brand", "inspection", *_WRITE),
            *_may("brand", "finding", "view", "change"),
            *_may("brand", "inspectionpoint", *_WRITE, "delete"),
            *_may("brand", "membershipapplication", "view", "change"),
            *_may("brand", "membershipterms", *_WRITE),
            *_may("brand", "representative", "view", "add", "delete"),
            *_may("brand", "viasset vicategory", *_WRITE),
            *_may("brand", "packagingitem packagingquota", *_WRITE),
            *_may("brand", "packagingmovement stocktake", "view", "add"),
            *_may("brand", "packagingrequest packagingreturn", "view", "change"),
            *_may("brand", "packagingholding packagingstock", "view"),
            "brand.change_stocktake",
            *_may("brand", "rule ruleedition standard standardedition", *_WRITE),
            *_may("brand", "trademark filing filingpaper", *_WRITE),
            *_may("brand", "vicategory viasset viversion vifile viagreement", *_WRITE),
            *_may("brand", "vidownload viacceptance", "view"),
            *_may("association", "brandfilm", *_WRITE),
        ),
        pages=("add", "change", "publish"),
        below="association.BrandPage",
        files=(*_PICTURES, *_DOCUMENTS),
    ),
    "trace_operator": Work(
        _("Trace operator"),
        rights=(
            *_ENTER,
            *_may("record", "batch batchinput code conformitycertificate residuetest certification", *_WRITE),
            *_may("record", "event eventphoto", "view", "add"),
            "record.view_scan",
            *_may("record", "scanday recall", "view"),
            *_may("record", "clonealert consumerreport", "view", "change"),
            *_may("record", "salesarea", *_WRITE),
            *_may("record", "printrun carton companyprefix", *_WRITE),
            *_may("record", "printing codeact scratchpin", "view"),
            *_may("record", "laboratoryreport", "view", "add"),
            *_may("record", "substance", *_WRITE),
            *_may("record", "eventtemplate stageduty", *_WRITE, "delete"),
            "record.view_eventimport",
            *_may("record", "certificationkind", *_WRITE, "delete"),
            "record.view_smsenquiry",
            *_may("record", "nameerasure", "view", "add"),
            *_may("record", "chaindigest capturejob", "view"),
            *_may("upkeep", "upkeepentry", "view", "add"),
            *_may("telemetry", "base device devicemodel metric metriclimit camera", *_WRITE),
            *_may("telemetry", "alertrule", *_WRITE, "delete"),
            "telemetry.view_alert",
            *_may("record", "clip", *_WRITE, "delete"),
            "telemetry.view_unreadablemessage",
            *_may("telemetry", "hj212station", *_WRITE, "delete"),
            *_may("api", "apitoken", *_WRITE),
            *_may("brand", "product member", "view"),
            *_may("brand", "crop", *_WRITE),
        ),
        files=(*_PICTURES, *_DOCUMENTS),
    ),
    "clerk": Work(
        _("Clerk"),
        rights=(
            *_ENTER,
            *_may("record", "event eventphoto", "view", "add"),
            *_may("record", "batch batchinput code printrun substance eventtemplate eventimport", "view"),
            *_may("record", "carton", *_WRITE),
            "telemetry.view_base",
        ),
        files=_PICTURES,
    ),
    "shop_operator": Work(
        _("Shop operator"),
        rights=(
            *_ENTER,
            *_may("catalogue", "product category productclass", *_WRITE, "delete"),
            *_may("partner", "partner", *_WRITE),
            *_may("offer", "conditionaloffer", *_WRITE, "delete"),
            *_may("voucher", "voucher", *_WRITE, "delete"),
            *_may("order", "order", "view", "change"),
            *_may("fengtu_shop", "station countyline", *_WRITE, "delete"),
            *_may("fengtu_shop", "consignment parcel trackingmessage", "view"),
            *_may("reviews", "productreview", "view", "change"),
            *_may("fengtu_shop", "question", "view", "change"),
            *_may("fengtu_shop", "sellerpaper outsidehall outsidesale", *_WRITE, "delete"),
            *_may("fengtu_shop", "sheetimport", "view", "add"),
            "fengtu_shop.view_hallcount",
            *_may("fengtu_shop", "claim", "view", "change"),
            *_may("fengtu_shop", "hall", *_WRITE, "delete"),
            *_may("fengtu_shop", "campaign", *_WRITE, "delete"),
            "fengtu_shop.view_heldcoupon",
            *_may("fengtu_shop", "payment repayment", "view", "change"),
            *_may("fengtu_shop", "refund", "view", "add"),
            "fengtu_shop.view_notification",
            *_may("fengtu_shop", "payingterms", *_WRITE),
            *_may("fengtu_shop", "freighttemplate pickuppoint", *_WRITE, "delete"),
            *_may("fengtu_shop", "invoicerequest", "view", "change"),
            *_may("fengtu_shop", "presale", *_WRITE),
            *_may("fengtu_shop", "returnterms", "view", "add"),
            *_may("fengtu_shop", "stockplace", *_WRITE),
            *_may("fengtu_shop", "stocklot stockmovement stocktake", "view"),
            *_may("fengtu_shop", "statement", *_WRITE),
            *_may("fengtu_shop", "settlementterms promotionshare supplyprice", "view", "add"),
            *_may("fengtu_shop", "tradebuyer quotation", "view", "change"),
        ),
        adopts="All Oscar Dashboard Permissions",
    ),
    "supplier": Work(_("Supplier")),
    "teacher": Work(
        _("Teacher"),
        rights=(
            *_ENTER,
            *_may("training", "video", *_WRITE),
            *_may("training", "material", *_WRITE),
            *_may("training", "printedcopies", "view", "add"),
            *_may("training", "question exam", *_WRITE),
            *_may("training", "attempt", "view", "change"),
            *_may("training", "trainingclass booking", *_WRITE),
            *_may("training", "meeting checkin classphoto followup", "view", "change"),
            *_may("training", "room equipment", "view"),
            "training.view_enrolment",
            *_may("training", "teacherquestion contribution", "view", "change"),
        ),
        pages=("add", "change", "publish"),
        below="training.TrainingIndexPage",
        files=(*_PICTURES, *_DOCUMENTS),
    ),
    "training_officer": Work(
        _("Training officer"),
        rights=(
            *_ENTER,
            *_may("training", "certificate", "view", "change"),
            *_may("training", "certificateterms", *_WRITE),
            *_may("training", "trainingtarget", *_WRITE, "delete"),
            "training.view_trainee",
            *_may("training", "video", *_WRITE, "delete"),
            *_may("training", "material", *_WRITE, "delete"),
            *_may("training", "printedcopies", "view", "add"),
            *_may("training", "question exam", *_WRITE, "delete"),
            *_may("training", "attempt", "view", "change"),
            *_may("training", "trainingclass booking", *_WRITE),
            "training.oversee_trainingclass",
            *_may("training", "meeting checkin classphoto followup", "view", "change"),
            *_may("training", "room equipment", *_WRITE, "delete"),
            *_may("training", "enrolment teacherquestion contribution", "view", "change"),
            *_may("training", "talent jobpost contactrequest", "view", "change"),
            *_may("training", "employerbar", "view", "add", "delete"),
        ),
        pages=("add", "change", "publish", "lock", "unlock"),
        below="training.TrainingIndexPage",
        files=(*_PICTURES, *_DOCUMENTS),
    ),
    "member": Work(_("Member")),
    "trainee": Work(_("Trainee")),
}


def give_role(user: User, slug: str) -> None:
    """Give `user` a role.

    Raises:
        UnknownRole: there is none with that slug.
    """
    user.groups.add(_role(slug).group)


def take_role(user: User, slug: str) -> None:
    """Take a role away.

    Raises:
        UnknownRole: there is none with that slug.
    """
    user.groups.remove(_role(slug).group)


def has_role(user: User, slug: str) -> bool:
    """Tell whether `user` has the role."""
    return user.is_authenticated and user.groups.filter(role__slug=slug).exists()


def roles_of(user: User) -> list[Role]:
    """Return the roles of a user with their groups. One query."""
    return list(Role.objects.filter(group__user=user).select_related("group").order_by("group__name"))


def unknown_rights() -> set[str]:
    """Return the permissions of the table that no model has: a misspelt right would silently be none."""
    named = {right for work in ROLES.values() for right in (*work.rights, *work.files)}
    return named - permissions_named(named).keys()


def _role(slug: str) -> Role:
    try:
        return Role.objects.select_related("group").get(slug=slug)
    except Role.DoesNotExist:
        raise UnknownRole(slug) from None


def permissions_named(rights: Iterable[str]) -> dict[str, Permission]:
    """Return those of the named permissions that exist, by `app.codename`. One query."""
    wanted = set(rights)
    rows = Permission.objects.select_related("content_type").filter(
        codename__in={right.partition(".")[2] for right in wanted}
    )
    found = {f"{row.content_type.app_label}.{row.codename}": row for row in rows}
    return {right: row for right, row in found.items() if right in wanted}
