"""What was read most in the last thirty days, worked out each hour so that no page has to add up."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Sum

from news.models import NewsIndexPage, NewsPage, PopularPost, PostViews

DAYS = 30
KEPT = 20  # of each list: a page shows five, and some may be taken back meanwhile
SHOWN = 5


def find_popular(*, on: date) -> None:
    """Note which posts of every list were read most in the thirty days up to `on`."""
    found = [row for index in NewsIndexPage.objects.live() for row in _most_read(index, on)]
    with transaction.atomic():
        PopularPost.objects.all().delete()
        PopularPost.objects.bulk_create(found)


def popular_posts(index: NewsIndexPage) -> list[NewsPage]:
    """Return the posts of a list that were read most, with `popular.count`. One query."""
    # by the few rows there are: along the list of posts all of them would be looked at
    posts = NewsPage.objects.live().filter(pk__in=PopularPost.objects.values("post"))
    posts = posts.annotate(list=F("index") + 0).filter(list=index.pk, view_restrictions=None)
    return list(posts.select_related("popular").defer("body").order_by("-popular__count", "-pk")[:SHOWN])


def _most_read(index: NewsIndexPage, on: date) -> list[PopularPost]:
    days = PostViews.objects.filter(day__gt=on - timedelta(days=DAYS), day__lte=on)
    public = days.filter(post__index=index, post__live=True)
    sums = public.order_by().values_list("post").annotate(total=Sum("count")).order_by("-total", "-post")
    return [PopularPost(post_id=post, count=total) for post, total in sums[:KEPT]]
