"""Posts."""

from demo.load.body import story
from demo.load.county import County
from demo.load.pages import publish
from news.models import Category, NewsIndexPage, NewsPage

CATEGORIES = {
    "产业": Category.INDUSTRY,
    "产品": Category.PRODUCT,
    "时事": Category.AFFAIRS,
    "活动": Category.EVENT,
    "政策公开": Category.DISCLOSURE,
}
POSTED_AT = "09:30"


def add_posts(county: County) -> None:
    """Add the county's posts, oldest first, dated back from the day of loading."""
    index = NewsIndexPage(title="新鲜事", slug="news", intro="地里的、路上的、文件里的，一周三五条。")
    publish(index, below=county.home, at=county.calendar.at)
    for words in sorted(county.content("posts")["post"], key=lambda words: -words["days"]):
        post = NewsPage(
            title=words["title"],
            slug=words["slug"],
            category=CATEGORIES[words["category"]],
            published_on=county.calendar.day(words["days"]),
            intro=words["summary"],
            search_description=words["summary"],
            author=words["author"],
            art=_art(county, words.get("products", [])),
            body=story(words["body"]),
            base=county.bases.get(words.get("base", "")),
        )
        post.products = [county.products[slug] for slug in words.get("products", [])]
        post.tags.add(*words["tags"])
        publish(post, below=index, at=county.calendar.moment(words["days"], POSTED_AT))


def _art(county: County, products: list[str]) -> str:
    """Return the drawing of the first product that has one, else the county's land."""
    return next((county.products[slug].art for slug in products if county.products[slug].art), "land")
