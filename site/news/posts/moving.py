"""A post that was moved to another list in the tree stands in that list."""

from typing import Any

from wagtail.signals import post_page_move

from news.posts.listing import NewsIndexPage
from news.posts.page import NewsPage


def listen() -> None:
    """Hear of moves: Wagtail saves a moved page as a plain page."""
    post_page_move.connect(_moved, dispatch_uid="news.posts.moved")


def _moved(*, instance: Any, parent_page_after: Any, **_: Any) -> None:
    if NewsIndexPage.objects.filter(pk=parent_page_after.pk).exists():
        NewsPage.objects.filter(pk=instance.pk).update(index=parent_page_after.pk)
