"""A county's site with its home page, and the pages below it, published."""

from datetime import date
from typing import Any

from wagtail.models import Page, Site

from accounts.groups import sync_roles
from association.models import BrandPage
from brand.models import Region
from home.models import HomePage
from news.models import NewsIndexPage, NewsPage
from tests.factories.brand import RegionFactory
from training.models import CoursePage, LessonPage, TrainingIndexPage


def county(slug: str = "lucheng", *, default: bool = True, **facts: Any) -> Region:
    """Return a region whose site has a home page; the default one answers to the test client."""
    home = HomePage(title=slug, slug=f"home-{slug}")
    Page.get_first_root_node().add_child(instance=home)
    if default:
        Site.objects.filter(is_default_site=True).update(is_default_site=False)
    site, _ = Site.objects.update_or_create(
        hostname=f"{slug}.localhost", port=80, defaults={"root_page": home, "is_default_site": default}
    )
    region = RegionFactory(slug=slug, **facts)
    region.site = site
    region.save()
    return region


def add(parent: Page, page: Page, *, live: bool = True) -> Any:
    """Put `page` under `parent`, published as an editor does it, or as a draft."""
    page.live = False
    parent.add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
        page.refresh_from_db()
    return page


def news_index(region: Region) -> NewsIndexPage:
    """Return the list of posts of a county."""
    return add(region.site.root_page, NewsIndexPage(title="新鲜事", slug="news"))


def post(index: NewsIndexPage, slug: str, *, live: bool = True, **facts: Any) -> NewsPage:
    """Return a post."""
    facts = {"title": slug, "intro": "张家河的葱要培三遍土。", "published_on": date(2026, 11, 18), **facts}
    return add(index, NewsPage(slug=slug, **facts), live=live)


def training_index(region: Region) -> TrainingIndexPage:
    """Return the list of courses of a county."""
    return add(region.site.root_page, TrainingIndexPage(title="学手艺", slug="training"))


def open_training(region: Region) -> TrainingIndexPage:
    """Return the list of courses of a county; those with a role in training work there from now on."""
    index = training_index(region)
    sync_roles()
    return index


def course(
    index: TrainingIndexPage, slug: str, *, lessons: int = 0, live: bool = True, **facts: Any
) -> CoursePage:
    """Return a course with so many lessons of ten minutes."""
    facts = {"title": slug, "intro": "给在家门口卖货的人。", **facts}
    page = add(index, CoursePage(slug=slug, **facts), live=live)
    for number in range(1, lessons + 1):
        lesson(page, f"lesson-{number}")
    return page


def lesson(course_page: CoursePage, slug: str, *, live: bool = True, **facts: Any) -> LessonPage:
    """Return a lesson at the end of a course."""
    course_page.refresh_from_db()
    return add(course_page, LessonPage(slug=slug, **{"title": slug, "minutes": 10, **facts}), live=live)


def brand_page(region: Region, **facts: Any) -> BrandPage:
    """Return the brand page of a county."""
    return add(region.site.root_page, BrandPage(title="潞城大葱", slug="brand", **facts))
