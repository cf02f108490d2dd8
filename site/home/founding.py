"""Founding a county: region, site, home page and first administrator, without demo content.

Every function may be run again: what is there stays as it is, what is missing is added.
"""

from dataclasses import dataclass

from django.db import transaction
from wagtail.models import Locale, Page, Site

from accounts.models import User
from brand.models import Region
from brand.themes import UnknownTheme, theme
from home.models import HomePage
from home.starter import add_pages, home_body


class CannotFound(ValueError):
    """What was asked contradicts what is there; the text says what to do."""


@dataclass(frozen=True)
class Facts:
    """What identifies a county."""

    slug: str
    name: str
    full_name: str
    adcode: str


def found_county(*, facts: Facts, host: str, port: int) -> tuple[Region, bool]:
    """Make the region with its site, home page and the lists of posts and courses; tell whether it is new.

    Raises:
        CannotFound: no theme of that name, the host belongs to another county, or the county is there
            under other facts.
    """
    _check(facts, host)
    with transaction.atomic():
        region, made = Region.objects.get_or_create(
            slug=facts.slug,
            defaults={"name": facts.name, "full_name": facts.full_name, "adcode": facts.adcode},
        )
        if region.site is None:
            region.site = _site(facts, host, port)
            region.full_clean()
            region.save()
    return region, made


def first_administrator(*, email: str = "", phone: str = "", password: str) -> tuple[User, bool]:
    """Make an administrator; tell whether it is new. Somebody who is there keeps the password.

    Raises:
        CannotFound: the account is there and is no administrator.
        InvalidPhone: no such number.
    """
    try:
        user = User.objects.get_by_natural_key(email or phone)
    except User.DoesNotExist:
        return User.objects.create_superuser(email or None, password, phone=phone or None), True
    if not user.is_superuser:
        raise CannotFound(f"{user.get_username()} has an account that is no administrator")
    return user, False


def _check(facts: Facts, host: str) -> None:
    try:
        theme(facts.slug)
    except UnknownTheme as error:
        raise CannotFound(f"themes/{facts.slug}/ is not complete: {error}") from error
    region = Region.objects.filter(slug=facts.slug).select_related("site").first()
    if region is not None:
        held = Facts(region.slug, region.name, region.full_name, region.adcode)
        if held != facts:
            raise CannotFound(f"the county is there as {held}; change it in the back office")
        if region.site and region.site.hostname != host:
            raise CannotFound(f"the county answers to {region.site.hostname}; change it in the back office")
    other = Region.objects.filter(site__hostname=host).exclude(slug=facts.slug).first()
    if other is not None:
        raise CannotFound(f"{host} belongs to {other.name}")


def _site(facts: Facts, host: str, port: int) -> Site:
    """Return the site of a new county. Wagtail's own first site with its page of welcome gives way to it."""
    body = home_body(theme(facts.slug))
    home = HomePage(title=facts.name, slug=facts.slug, locale=Locale.get_default(), body=body)
    Page.get_first_root_node().add_child(instance=home)
    add_pages(home, name=facts.name, full_name=facts.full_name)
    default = Site.objects.filter(is_default_site=True).first()
    untouched = default if default and not hasattr(default, "region") else None
    site = untouched or Site(is_default_site=default is None)
    welcome = untouched.root_page if untouched else None
    site.hostname, site.port, site.site_name, site.root_page = host, port, facts.name, home
    site.save()
    if welcome is not None and welcome.specific_class is Page:
        welcome.delete()
    return site
