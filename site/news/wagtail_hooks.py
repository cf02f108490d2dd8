"""What the news add to the back office."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

import news.planning.desk.hooks
import news.posts.hooks
import news.review.hooks
import news.wechat.hooks  # noqa: F401 - registers its own
from news.films.chooser import PostFilmChooserViewSet, post_film_chooser
from news.menu import NewsViewSetGroup
from news.planning.desk.panel import WeekOfPosts


@hooks.register("register_admin_viewset")
def viewsets() -> NewsViewSetGroup:
    """Register the calendar of posts and what belongs to it."""
    return NewsViewSetGroup()


@hooks.register("construct_homepage_panels")
def week_of_posts(request: HttpRequest, panels: list[Any]) -> None:
    """Show those who write how the week stands."""
    if request.user.has_perm("news.view_plan"):
        panels.append(WeekOfPosts())


@hooks.register("register_admin_viewset")
def choosers() -> PostFilmChooserViewSet:
    """Register the chooser of films."""
    return post_film_chooser
