"""What var/demo.json tells programs: addresses, accounts, devices, and one thing of each kind to try."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page, PageQuerySet, Site

from brand.models import Licence, Region
from demo.load.calendar import Calendar
from demo.load.content import COUNTIES
from demo.load.people import PEOPLE, login
from demo.load.programs import program_facts
from demo.load.runs import known_pins
from demo.load.secrets import Secrets
from news.models import NewsPage
from record.models import Batch, Code
from shop.catalogue.models import Product as Article
from telemetry.models import Base
from training.models import Certificate, CoursePage

State = Code.State


def demo_facts(calendar: Calendar, secrets: Secrets) -> dict[str, Any]:
    """Return the facts, read from the database: what was scanned meanwhile is not fresh any more."""
    return {
        "regions": _regions(),
        "accounts": {
            role: {"login": login(role), "password": secrets[login(role)]}
            for role in PEOPLE
            if login(role) in secrets
        },
        "bases": _bases(secrets),
        "products": _products(),
        "batches": _batches(),
        "codes": _codes(),
        "pins": known_pins(),
        "licences": _licences(calendar),
        **program_facts(secrets),
        "certificates": _certificates(),
        "courses": [page.slug for page in _pages(CoursePage)],
        "posts": [page.get_url_parts()[2] for page in _pages(NewsPage).order_by("-published_on")],
    }


def _certificates() -> dict[str, str]:
    """Return a certificate that holds and one that was revoked."""
    wanted = {"valid": Certificate.State.VALID, "revoked": Certificate.State.REVOKED}
    rows = Certificate.objects.order_by("region__adcode", "pk")
    found = {name: rows.filter(state=state).first() for name, state in wanted.items()}
    return {name: certificate.number for name, certificate in found.items() if certificate}


def _regions() -> dict[str, str]:
    regions = Region.objects.filter(slug__in=COUNTIES, site__isnull=False).select_related("site")
    sites = {region.slug: f"{region.site.root_url}/" for region in regions if region.site}
    return {slug: sites[slug] for slug in COUNTIES if slug in sites}


def _bases(secrets: Secrets) -> list[dict[str, Any]]:
    bases = Base.objects.select_related("region").prefetch_related("devices").order_by("region__adcode", "pk")
    found = [
        {
            "slug": base.slug,
            "region": base.region.slug,
            "devices": [
                {"id": device.device_id, "password": secrets[device.device_id]}
                for device in base.devices.all()
                if device.device_id in secrets
            ],
        }
        for base in bases
    ]
    return sorted(found, key=lambda base: not base["devices"])


def _products() -> list[dict[str, str]]:
    articles = Article.objects.filter(brand_product__gtin__isnull=False).select_related("brand_product")
    return [
        {"gtin": article.brand_product.gtin, "shop_url": article.get_absolute_url()}
        for article in articles.order_by("brand_product")
    ]


def _batches() -> list[dict[str, str]]:
    batches = Batch.objects.filter(product__gtin__isnull=False).order_by("pk")
    return [{"lot": lot, "gtin": gtin} for lot, gtin in batches.values_list("lot", "product__gtin")]


def _codes() -> dict[str, str]:
    """Return one serial of each state, of the first county that has one."""
    sound = Code.objects.filter(batch__recalled_at=None).order_by("pk")
    active = sound.filter(state=State.ACTIVATED)
    wanted: dict[str, QuerySet[Code]] = {
        "fresh": active.filter(scan_count=0),
        "scanned": active.filter(scan_count__gt=1),
        "inactive": sound.filter(state=State.BOUND, scan_count=0),
        "recalled": Code.objects.filter(batch__recalled_at__isnull=False).order_by("pk"),
        "voided": sound.filter(state=State.VOIDED),
    }
    found = {name: codes.values_list("serial", flat=True).first() for name, codes in wanted.items()}
    return {name: serial for name, serial in found.items() if serial}


def _licences(calendar: Calendar) -> dict[str, str]:
    today = timezone.localdate(calendar.at)
    licences = Licence.objects.order_by("region__adcode", "number")
    wanted = {
        "valid": licences.valid(on=today),
        "expired": licences.filter(state=Licence.State.VALID, valid_to__lt=today),
        "suspended": licences.filter(state=Licence.State.SUSPENDED),
        "revoked": licences.filter(state=Licence.State.REVOKED),
    }
    found = {name: rows.values_list("number", flat=True).first() for name, rows in wanted.items()}
    return {name: number for name, number in found.items() if number}


def _pages(kind: type[Page]) -> PageQuerySet:
    """Return the public pages of a kind of the county that unknown hosts see: its paths need no host name."""
    root = Site.objects.select_related("root_page").get(hostname=f"{COUNTIES[0]}.localhost").root_page
    return kind.objects.live().descendant_of(root).order_by("path")
