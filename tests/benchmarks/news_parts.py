"""What the benchmark of posts measures: `python -m tests.benchmarks.news_parts load COUNT` fills a migrated
database with posts of one county, `… look` answers with milliseconds and queries.
"""

import json
import sys
import time
from datetime import date, timedelta
from statistics import median
from typing import Any

import django
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

HOST, TIMES, STEP = "lucheng.localhost", 15, 4  # characters of a step in a tree path
TAGS, TOPICS, IN_A_TOPIC = 20, 10, 60


@transaction.atomic
def load(count: int) -> None:
    """Add the posts, four a day back from 2026-11-20, with tags, topics and two products each."""
    from django.contrib.contenttypes.models import ContentType
    from taggit.models import Tag
    from treebeard.mp_tree import MP_Node

    from news.models import Category, NewsPage, NewsPageTag, NewsTopicPage
    from tests.factories.brand import ProductFactory
    from tests.factories.pages import add, county, news_index

    region = county()
    index = news_index(region)
    topics = [
        add(index, NewsTopicPage(title=f"专题 {n}", slug=f"topic-{n}", intro="。")) for n in range(TOPICS)
    ]
    products = [ProductFactory(region=region) for _ in range(TAGS)]
    tags = [Tag.objects.create(name=f"标签 {n}", slug=f"tag-{n}") for n in range(TAGS)]
    first = add(index, NewsPage(title="第一篇", slug="post-0", intro="。", published_on=date(2026, 11, 20)))
    index.refresh_from_db()
    kind, now, began = ContentType.objects.get_for_model(NewsPage), timezone.now(), index.numchild
    posts = []
    for number in range(1, count):
        path = MP_Node._get_path.__func__(NewsPage, index.path, index.depth + 1, began + number)
        posts.append(
            NewsPage(
                title=f"第 {number} 篇", slug=f"post-{number}", intro="张家河的葱要培三遍土。", author="周敏",
                draft_title=f"第 {number} 篇", path=path, depth=index.depth + 1, numchild=0, live=True,
                url_path=f"{index.url_path}post-{number}/", content_type=kind, locale_id=index.locale_id,
                published_on=date(2026, 11, 20) - timedelta(days=number // 4), index_id=index.pk,
                category=Category.values[number % len(Category.values)], first_published_at=now,
                last_published_at=now, body=[("text", "<p>" + "葱" * 300 + "</p>")],
            )
        )  # fmt: skip
    _insert(posts)
    keys = [first.pk, *NewsPage.objects.exclude(pk=first.pk).order_by("pk").values_list("pk", flat=True)]
    named, tagged, joined = NewsPage.products.through, NewsPageTag, NewsPage.topics.through
    named.objects.bulk_create(
        [named(newspage_id=key, product=products[(key + more) % TAGS]) for key in keys for more in (0, 7)],
        batch_size=1000,
    )
    tagged.objects.bulk_create(
        [tagged(content_object_id=key, tag=tags[key % TAGS]) for key in keys], batch_size=1000
    )
    joined.objects.bulk_create(
        [
            joined(newspage_id=key, newstopicpage=topics[at % TOPICS])
            for at, key in enumerate(keys[: TOPICS * IN_A_TOPIC])
        ],
        batch_size=1000,
    )
    type(index).objects.filter(pk=index.pk).update(numchild=began + count - 1)


def _insert(posts: list[Any]) -> None:
    """Insert pages by table: Django makes no rows of models with parents at once."""
    from wagtail.models import Page

    from news.models import NewsPage

    plain = [Page(**{field.attname: getattr(post, field.attname) for field in Page._meta.local_fields
                     if field.attname != "id"}) for post in posts]  # fmt: skip
    Page.objects.bulk_create(plain, batch_size=500)
    keys = dict(Page.objects.filter(content_type=posts[0].content_type).values_list("path", "pk"))
    own = NewsPage._meta.local_concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in own)
    marks = ", ".join(["%s"] * len(own))
    rows = []
    for post in posts:
        post.page_ptr_id = keys[post.path]
        rows.append([field.get_db_prep_save(field.pre_save(post, True), connection) for field in own])
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {NewsPage._meta.db_table} ({columns}) VALUES ({marks})", rows)


def addresses() -> dict[str, list[str]]:
    """Return the addresses of each sort of page, none of them twice."""
    from news.models import Category, NewsPage, NewsTopicPage

    posts = list(NewsPage.objects.order_by("-published_on", "-pk").values_list("published_on", "slug"))
    step = max(1, len(posts) // TIMES)
    topics = NewsTopicPage.objects.values_list("slug", flat=True)
    return {
        "list of posts": [f"/news/?page={page}" for page in range(1, TIMES)],
        "category of posts": [f"/news/?category={name}&page={n}" for name in Category.values for n in (1, 2)],
        "article": [f"/news/{day:%Y}/{slug}/" for day, slug in posts[::step][:TIMES]],
        "topic": [f"/news/topics/{slug}/" for slug in topics],
        "home": ["/"] * TIMES,
    }


def look() -> dict[str, Any]:
    """Return the middle of the milliseconds and the most queries of each sort of page, none kept before."""
    client, found = Client(), {}
    for name, paths in addresses().items():
        client.get(paths[0], HTTP_HOST=HOST)  # what is the same for all pages
        taken, queries = [], []
        for path in paths[1:]:
            with CaptureQueriesContext(connection) as asked:
                began = time.process_time()
                answer = client.get(path, HTTP_HOST=HOST)
                taken.append((time.process_time() - began) * 1000)
            queries.append(len(asked))
            if answer.status_code != 200:
                raise RuntimeError(f"{path} answers {answer.status_code}")
        found[name] = {"ms": median(taken), "queries": max(queries)}
    return found


if __name__ == "__main__":
    django.setup()
    settings.ALLOWED_HOSTS = ["*"]
    if sys.argv[1] == "load":
        load(int(sys.argv[2]))
    else:
        print(json.dumps(look()))
